package com.example.bakery;

import dev.firedrill.harness.agent.FetchRequest;
import dev.firedrill.harness.agent.FetchResult;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.resync.Submission;
import dev.firedrill.harness.resync.WorkSource;
import java.util.Optional;

// [orders]
/** Where work is accepted: an order at the counter, by a request from inside the cluster. */
final class Orders implements WorkSource {
    private final Stage stage;

    Orders(Stage stage) {
        this.stage = stage;
    }

    @Override
    public Submission submit(String table, Optional<String> dish) {
        FetchResult answer = stage.agent()
                .fetch(FetchRequest.get("http://counter:8080/orders/" + table).sending("PUT", dish.orElse("nothing")));
        if (answer.status() != 202) {
            return new Submission.Unknown(answer.answered() ? "HTTP " + answer.status() : answer.error());
        }
        String[] accepted = answer.body().strip().split(" ");
        return new Submission.Accepted(accepted[0], Long.parseLong(accepted[1]));
    }
}
// [/orders]

package com.example.bakery;

import dev.firedrill.harness.agent.FetchRequest;
import dev.firedrill.harness.agent.FetchResult;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.resync.Apply;
import dev.firedrill.harness.resync.Content;
import dev.firedrill.harness.resync.WorkTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

// [meals]
/** Where work must arrive: the oven's own log of what it did, and what is on the tables. */
final class Meals implements WorkTarget {
    private final Stage stage;

    Meals(Stage stage) {
        this.stage = stage;
    }

    @Override
    public List<Apply> appliesAfter(long cursor) throws IOException {
        List<Apply> applies = new ArrayList<>();
        for (String line : get("/log/" + cursor).body().lines().toList()) {
            String[] entry = line.split(" ", 5);
            long sequence = cursor + applies.size() + 1;
            applies.add(new Apply(
                    sequence, entry[0], entry[1], Long.parseLong(entry[2]), Apply.Action.of(entry[3]), entry[4]));
        }
        return applies;
    }

    @Override
    public Optional<Content> content(String table) throws IOException {
        FetchResult answer = get("/tables/" + table);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        String[] served = answer.body().split(" ", 2);
        return Optional.of(new Content(Long.parseLong(served[0]), served[1]));
    }

    private FetchResult get(String path) throws IOException {
        FetchResult answer = stage.agent().fetch(FetchRequest.get("http://oven:8080" + path));
        if (answer.status() != 200 && answer.status() != 404) {
            throw new IOException(answer.answered() ? "HTTP " + answer.status() : answer.error());
        }
        return answer;
    }
}
// [/meals]

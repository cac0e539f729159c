package dev.firedrill.scenarios.shop;

import dev.firedrill.harness.agent.FetchResult;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.resync.Submission;
import dev.firedrill.harness.resync.WorkSource;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard, in which people edit workflows. */
final class DashboardSource implements WorkSource {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ShopClient shop;

    DashboardSource(Stage stage) {
        this.shop = new ShopClient(stage);
    }

    @Override
    public Submission submit(String key, Optional<String> value) {
        String body = JSON.createObjectNode().put("value", value.orElse(null)).toString();
        FetchResult answer = shop.publicly("PUT", ShopClient.DASHBOARD, "/workflows/" + key, body);
        if (!answer.answered() || answer.status() >= 500) {
            return new Submission.Unknown(answer.answered() ? "HTTP " + answer.status() : answer.error());
        }
        if (answer.status() != 202) {
            return new Submission.Refused("HTTP " + answer.status() + " " + answer.body());
        }
        try {
            JsonNode accepted = JSON.readTree(answer.body());
            return new Submission.Accepted(
                    accepted.path("id").asString(), accepted.path("version").asLong());
        } catch (JacksonException e) {
            return new Submission.Unknown("an answer that is no JSON: " + e.getOriginalMessage());
        }
    }
}

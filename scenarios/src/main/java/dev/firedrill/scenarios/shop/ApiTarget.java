package dev.firedrill.scenarios.shop;

import dev.firedrill.harness.agent.FetchResult;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.resync.Apply;
import dev.firedrill.harness.resync.Content;
import dev.firedrill.harness.resync.WorkTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The api, which applies the changes: its own log of applies, and what its public route serves. */
final class ApiTarget implements WorkTarget {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ShopClient shop;

    ApiTarget(Stage stage) {
        this.shop = new ShopClient(stage);
    }

    @Override
    public List<Apply> appliesAfter(long cursor) throws IOException {
        JsonNode answer = read(shop.internally("/internal/changes?after=" + cursor));
        List<Apply> applies = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            applies.add(new Apply(
                    item.path("sequence").asLong(),
                    item.path("id").asString(),
                    item.path("key").asString(),
                    item.path("version").asLong(),
                    Apply.Action.of(item.path("action").asString()),
                    item.path("value").isString() ? item.path("value").asString() : null));
        }
        return applies;
    }

    @Override
    public Optional<Content> content(String key) throws IOException {
        FetchResult answer = shop.publicly("GET", ShopClient.API, "/v1/workflows/" + key, "");
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(content(read(answer)));
    }

    @Override
    public Map<String, Content> contents(List<String> keys) throws IOException {
        Map<String, Content> contents = new HashMap<>();
        for (JsonNode workflow :
                read(shop.publicly("GET", ShopClient.API, "/v1/workflows", "")).path("items")) {
            contents.put(workflow.path("key").asString(), content(workflow));
        }
        return contents;
    }

    private static Content content(JsonNode workflow) {
        return new Content(
                workflow.path("version").asLong(), workflow.path("value").asString());
    }

    private static JsonNode read(FetchResult answer) throws IOException {
        if (answer.status() != 200) {
            throw new IOException(answer.answered() ? "HTTP " + answer.status() + " " + answer.body() : answer.error());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new IOException("an answer that is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}

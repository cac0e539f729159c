package dev.firedrill.harness.cluster.embedded.apiserver.selector;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Writes a selector object as people and queries write it: {@code app=api,tier in (edge,web)}. */
public final class SelectorText {
    private SelectorText() {}

    /** A LabelSelector, or a plain map of labels. */
    public static String of(JsonNode selector) {
        boolean plain = !selector.has("matchLabels") && !selector.has("matchExpressions");
        List<String> terms = new ArrayList<>();
        JsonNode labels = plain ? selector : selector.path("matchLabels");
        labels.properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asString(""))
                .sorted()
                .forEach(terms::add);
        if (!plain) {
            for (JsonNode expression : Json.arrayAt(selector, "matchExpressions")) {
                terms.add(term(expression));
            }
        }
        return String.join(",", terms);
    }

    private static String term(JsonNode expression) {
        String key = Json.textAt(expression, "key");
        List<String> values = new ArrayList<>();
        Json.arrayAt(expression, "values").forEach(value -> values.add(value.asString()));
        String operator = Json.textAt(expression, "operator");
        return switch (operator) {
            case "Exists" -> key;
            case "DoesNotExist" -> "!" + key;
            default ->
                key + " " + operator.toLowerCase(Locale.ROOT) + " ("
                        + String.join(",", values.stream().sorted().toList()) + ")";
        };
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.selector;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A selector over labels, as in {@code app=api,tier in (web, edge),!old}.
 *
 * @param requirements all must hold
 */
public record LabelSelector(List<Requirement> requirements) {
    /** Matches everything. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * Reads a selector.
     *
     * @throws dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException (400) if it is malformed
     */
    public static LabelSelector parse(String text) {
        return text.isBlank() ? EVERYTHING : new LabelSelector(new LabelSelectorParser(text).parse());
    }

    /** A selector from an object: a LabelSelector, or a plain map of labels. */
    public static LabelSelector of(JsonNode selector) {
        boolean plain = !selector.has("matchLabels") && !selector.has("matchExpressions");
        List<Requirement> requirements = new ArrayList<>();
        (plain ? selector : selector.path("matchLabels"))
                .properties()
                .forEach(label -> requirements.add(new Requirement(
                        label.getKey(),
                        Requirement.Operator.IN,
                        Set.of(label.getValue().asString("")))));
        for (JsonNode expression : Json.arrayAt(selector, "matchExpressions")) {
            Set<String> values = new HashSet<>();
            Json.arrayAt(expression, "values").forEach(value -> values.add(value.asString("")));
            Requirement.Operator operator =
                    switch (Json.textAt(expression, "operator")) {
                        case "In" -> Requirement.Operator.IN;
                        case "NotIn" -> Requirement.Operator.NOT_IN;
                        case "Exists" -> Requirement.Operator.EXISTS;
                        default -> Requirement.Operator.ABSENT;
                    };
            requirements.add(new Requirement(Json.textAt(expression, "key"), operator, values));
        }
        return new LabelSelector(requirements);
    }

    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}

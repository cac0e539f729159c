package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks that many kinds share. */
final class Checks {
    private static final int LAST_PORT = 65_535;

    private Checks() {}

    static void required(Findings findings, String field, String value) {
        if (value.isEmpty()) {
            findings.required(field, "");
        }
    }

    /** One of a few values; nothing is said if it is empty. */
    static void oneOf(Findings findings, String field, String value, String... allowed) {
        if (!value.isEmpty() && !List.of(allowed).contains(value)) {
            findings.unsupported(field, value, List.of(allowed));
        }
    }

    /** A number from 1 to 65535. */
    static void port(Findings findings, String field, @Nullable JsonNode value) {
        if (value == null || !value.isIntegralNumber() || value.longValue() < 1 || value.longValue() > LAST_PORT) {
            findings.invalid(field, value == null ? Json.number(0) : value, "must be between 1 and 65535, inclusive");
        }
    }

    static void notNegative(Findings findings, String field, @Nullable JsonNode value) {
        if (value != null && value.isIntegralNumber() && value.longValue() < 0) {
            findings.invalid(field, value, "must be greater than or equal to 0");
        }
    }

    static void unique(Findings findings, JsonNode list, String path, String key) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String value = Json.textAt(list.get(i), key);
            if (!value.isEmpty() && !seen.add(value)) {
                findings.duplicate(path + "[" + i + "]." + key, Json.string(value));
            }
        }
    }

    static void immutable(Findings findings, String field, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (!Objects.equals(before, after)) {
            findings.invalid(field, after, "field is immutable");
        }
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks that many kinds share. */
final class Checks {
    private static final int LAST_PORT = 65_535;
    private static final Pattern PERCENT = Pattern.compile("[0-9]+%");
    private static final BigInteger ALL = BigInteger.valueOf(100);

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

    /** A number from 1 to 65535, or the name of a port. */
    static void portOrName(Findings findings, String field, @Nullable JsonNode value) {
        if (value != null && value.isString()) {
            Syntax.portName(findings, field, value.asString());
        } else {
            port(findings, field, value);
        }
    }

    /** A number that is not negative, or a percentage. */
    static void share(Findings findings, String field, @Nullable JsonNode value) {
        if (value != null
                && value.isString()
                && !PERCENT.matcher(value.asString()).matches()) {
            findings.invalid(
                    field,
                    value,
                    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or "
                            + "'93%', regex used for validation is '" + PERCENT.pattern() + "')");
        } else {
            notNegative(findings, field, value);
        }
    }

    /** No percentage beyond 100. */
    static void atMostAll(Findings findings, String field, @Nullable JsonNode value) {
        if (value == null
                || !value.isString()
                || !PERCENT.matcher(value.asString()).matches()) {
            return;
        }
        String number = value.asString().substring(0, value.asString().length() - 1);
        if (new BigInteger(number).compareTo(ALL) > 0) {
            findings.invalid(field, value, "must not be greater than 100%");
        }
    }

    static void range(Findings findings, String field, @Nullable JsonNode value, long least, long most) {
        if (value != null && value.isIntegralNumber() && (value.longValue() < least || value.longValue() > most)) {
            findings.invalid(field, value, "must be between " + least + " and " + most + ", inclusive");
        }
    }

    static void notNegative(Findings findings, String field, @Nullable JsonNode value) {
        if (value != null && value.isIntegralNumber() && value.longValue() < 0) {
            findings.invalid(field, value, "must be greater than or equal to 0");
        }
    }

    /** A path that is relative and does not lead out of where it begins; nothing is said if it is empty. */
    static void descending(Findings findings, String field, String path) {
        if (path.startsWith("/")) {
            findings.invalid(field, Json.string(path), "must be a relative path");
        }
        if (List.of(path.split("/", -1)).contains("..")) {
            findings.invalid(field, Json.string(path), "must not contain '..'");
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

package dev.firedrill.harness.fault;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a fault says of itself.
 *
 * @param kind its name in the catalogue, in lower case with dashes: {@code broken-service}
 * @param target what it is aimed at: {@code Service/ingress-internal}
 * @param harm what it does, in one sentence
 * @param parameters its parameters as they were given
 */
public record FaultDescription(String kind, String target, String harm, Map<String, String> parameters) {
    public FaultDescription {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(harm, "harm");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** A short name for people: {@code broken-service Service/ingress-internal}. */
    public String title() {
        return kind + " " + target;
    }
}

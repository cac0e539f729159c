package dev.firedrill.harness.fault;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A toxic in a Toxiproxy that runs in the namespace, or a proxy of it that is disabled; taken back by removing the
 * toxic, or enabling the proxy.
 *
 * @param target the Deployment of the Toxiproxy
 * @param proxy the proxy's name
 * @param toxicOrNull the toxic as its API takes it, with a name; null to disable the proxy
 */
public record ToxicChange(
        ObjectRef target, String proxy, @Nullable JsonNode toxicOrNull) implements Change {
    public ToxicChange {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(proxy, "proxy");
    }

    /** The toxic; empty if the proxy is disabled. */
    public Optional<JsonNode> toxic() {
        return Optional.ofNullable(toxicOrNull);
    }

    String action() {
        return toxic().map(toxic -> "add a toxic to proxy " + proxy).orElse("disable proxy " + proxy);
    }

    String shown() {
        return toxic().map(JsonNode::toString).orElse("disabled");
    }

    @Override
    public String describe() {
        return target + ": " + action() + toxic().map(toxic -> ": " + toxic).orElse("");
    }

    @Override
    public <T> T fold(Cases<T> cases) {
        return cases.toxic().apply(this);
    }
}

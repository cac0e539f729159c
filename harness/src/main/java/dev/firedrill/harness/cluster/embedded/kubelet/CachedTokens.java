package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks for a pod's token once, and again when four fifths of its life are over, as a kubelet does. */
final class CachedTokens implements ClusterObjects {
    private static final int FIFTHS = 5;

    private final ClusterObjects source;
    private final Supplier<Duration> clock;
    private final Map<Key, Issued> tokens = new HashMap<>();

    private record Key(
            String namespace, String account, @Nullable String audience, Duration lifetime) {}

    private record Issued(String token, Duration renewAt) {}

    CachedTokens(ClusterObjects source, Supplier<Duration> clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return source.configMap(namespace, name);
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return source.secret(namespace, name);
    }

    @Override
    public List<Service> services(String namespace) {
        return source.services(namespace);
    }

    @Override
    public String token(String namespace, String account, @Nullable String audience, Duration lifetime)
            throws ConfigurationMissing {
        Key key = new Key(namespace, account, audience, lifetime);
        Issued issued = tokens.get(key);
        if (issued == null || issued.renewAt().compareTo(clock.get()) <= 0) {
            Duration renewAt =
                    clock.get().plus(lifetime.multipliedBy(FIFTHS - 1).dividedBy(FIFTHS));
            issued = new Issued(source.token(namespace, account, audience, lifetime), renewAt);
            tokens.put(key, issued);
        }
        return issued.token();
    }
}

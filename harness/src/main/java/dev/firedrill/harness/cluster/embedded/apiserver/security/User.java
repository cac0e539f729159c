package dev.firedrill.harness.cluster.embedded.apiserver.security;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who asks. Every user may do everything: rights are stored, not enforced.
 *
 * @param extra what else is known, such as the pod that a token is bound to
 */
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    public User {
        groups = List.copyOf(groups);
        extra = Collections.unmodifiableMap(new TreeMap<>(extra));
    }

    /** The holder of the kubeconfig. */
    static final User ADMIN =
            new User("kubernetes-admin", "", List.of("system:masters", "system:authenticated"), Map.of());
}

package dev.firedrill.harness.cluster.embedded.apiserver.security;

import java.util.List;

/** Who asks. Every user may do everything: rights are stored, not enforced. */
public record User(String name, String uid, List<String> groups) {
    public User {
        groups = List.copyOf(groups);
    }

    /** The holder of the kubeconfig. */
    static final User ADMIN = new User("kubernetes-admin", "", List.of("system:masters", "system:authenticated"));
}

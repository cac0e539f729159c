package dev.firedrill.harness.fault;

import java.util.Objects;

/**
 * One object in the drill's namespace.
 *
 * @param apiVersion such as {@code v1} or {@code apps/v1}
 * @param kind such as {@code Service}
 * @param name its name
 */
public record ObjectRef(String apiVersion, String kind, String name) {
    public ObjectRef {
        Objects.requireNonNull(apiVersion, "apiVersion");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /** A Service of the core group. */
    public static ObjectRef service(String name) {
        return new ObjectRef("v1", "Service", name);
    }

    /** A ConfigMap. */
    public static ObjectRef configMap(String name) {
        return new ObjectRef("v1", "ConfigMap", name);
    }

    /** A Deployment of the group apps. */
    public static ObjectRef deployment(String name) {
        return new ObjectRef("apps/v1", "Deployment", name);
    }

    /** A ReplicaSet of the group apps. */
    public static ObjectRef replicaSet(String name) {
        return new ObjectRef("apps/v1", "ReplicaSet", name);
    }

    boolean isSecret() {
        return kind.equals("Secret");
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }
}

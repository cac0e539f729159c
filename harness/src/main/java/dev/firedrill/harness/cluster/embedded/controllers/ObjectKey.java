package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/**
 * Names an object within its kind.
 *
 * @param namespace empty for an object of the whole cluster
 */
record ObjectKey(String namespace, String name) {
    static ObjectKey of(HasMetadata object) {
        return new ObjectKey(
                Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""),
                object.getMetadata().getName());
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}

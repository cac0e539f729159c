package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.builder.Builder;
import io.fabric8.kubernetes.api.builder.Editable;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Copies of cached objects, which must not be changed in place. */
final class Copies {
    private Copies() {}

    /** A copy whose metadata may be changed. */
    @SuppressWarnings("unchecked") // an object's builder builds that object's class
    static <T extends HasMetadata> T of(T object) {
        return (T) ((Builder<?>) ((Editable<?>) object).edit()).build();
    }
}

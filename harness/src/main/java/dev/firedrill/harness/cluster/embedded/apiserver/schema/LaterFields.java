package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import java.util.Set;

/**
 * Which fields of the model came after Kubernetes 1.34, so that they are unknown here: the model is that of a later
 * release.
 *
 * <p>Source: the OpenAPI document of Kubernetes 1.34; the table lies beside this class.
 */
final class LaterFields {
    private static final FieldTable LATER = FieldTable.read("later.txt");

    private LaterFields() {}

    /** The fields of a class of the model that Kubernetes 1.34 does not have. */
    static Set<String> of(Class<?> model) {
        return LATER.of(model);
    }
}

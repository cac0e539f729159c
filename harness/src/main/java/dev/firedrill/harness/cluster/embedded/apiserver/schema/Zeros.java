package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import java.util.Set;

/**
 * Which fields say nothing while they are false, 0 or an empty text; with any other field these are values.
 *
 * <p>Source: the Go types of k8s.io/api v0.34 ({@code omitempty}, where the field is no pointer); the table lies beside
 * this class.
 */
final class Zeros {
    private static final FieldTable OMITTED = FieldTable.read("zeros.txt");

    private Zeros() {}

    /** The fields of a class of the model whose zero is not shown. */
    static Set<String> omitted(Class<?> model) {
        return OMITTED.of(model);
    }
}

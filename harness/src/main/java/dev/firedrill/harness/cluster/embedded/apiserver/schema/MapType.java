package dev.firedrill.harness.cluster.embedded.apiserver.schema;

/**
 * A map from any name to a value.
 *
 * @param values what each value is
 * @param atomic is replaced as a whole and has one owner
 */
public record MapType(ValueType values, boolean atomic) implements ValueType {}

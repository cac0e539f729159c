package dev.firedrill.harness.cluster.embedded.apiserver.schema;

/**
 * A list.
 *
 * @param items what each item is
 * @param rule how two versions of the list become one
 */
public record ListType(ValueType items, MergeRule rule) implements ValueType {}

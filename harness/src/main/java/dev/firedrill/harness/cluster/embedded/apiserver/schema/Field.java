package dev.firedrill.harness.cluster.embedded.apiserver.schema;

/**
 * A field of an object: its name in JSON and what it holds.
 *
 * @param omittedIfZero whether it says nothing while it is false, 0 or an empty text
 */
public record Field(String name, ValueType type, boolean omittedIfZero) {}

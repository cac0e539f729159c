package dev.firedrill.harness.cluster.embedded.apiserver.schema;

/** A field of an object: its name in JSON and what it holds. */
public record Field(String name, ValueType type) {}

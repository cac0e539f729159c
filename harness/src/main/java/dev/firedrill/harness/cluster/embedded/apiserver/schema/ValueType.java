package dev.firedrill.harness.cluster.embedded.apiserver.schema;

/** What a field holds. */
public sealed interface ValueType permits Scalar, ObjectType, ListType, MapType {}

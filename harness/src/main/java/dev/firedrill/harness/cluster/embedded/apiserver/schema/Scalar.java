package dev.firedrill.harness.cluster.embedded.apiserver.schema;

/** A value without fields. */
public enum Scalar implements ValueType {
    STRING("string"),
    /** Base64. */
    BYTES("[]uint8"),
    INT32("int32"),
    INT64("int64"),
    NUMBER("float64"),
    BOOLEAN("bool"),
    /** An amount such as {@code 100m} or {@code 1Gi}; numbers are taken too. */
    QUANTITY("resource.Quantity"),
    /** A port or share: a number or a string. */
    INT_OR_STRING("intstr.IntOrString"),
    /** A moment, RFC 3339. */
    TIME("string"),
    /** A moment with microseconds. */
    MICRO_TIME("string"),
    /** Anything, fields of any name included. */
    ANY("object");

    private final String goName;

    Scalar(String goName) {
        this.goName = goName;
    }

    /** As Kubernetes' messages name it. */
    public String goName() {
        return goName;
    }
}

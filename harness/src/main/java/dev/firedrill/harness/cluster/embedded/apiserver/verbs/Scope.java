package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

/** Which part of an object a request may change. */
public enum Scope {
    /** Everything but the status of kinds that have a status sub-resource. */
    OBJECT(""),
    /** The status, and the object's labels and annotations. */
    STATUS("status"),
    /** The number of replicas. */
    SCALE("scale"),
    /** What the server itself decides: binding, finalizing. */
    SERVER("");

    private final String subresource;

    Scope(String subresource) {
        this.subresource = subresource;
    }

    /** As managed fields name it; empty for the object itself. */
    public String subresource() {
        return subresource;
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

/** Which part of an object a request may change. */
public enum Scope {
    /** Everything but the status of kinds that have a status sub-resource. */
    OBJECT(""),
    /** The status, and the object's labels and annotations. */
    STATUS("status"),
    /** The part of the status that says whether a request for a certificate is approved; otherwise likewise. */
    APPROVAL("approval"),
    /** The number of replicas. */
    SCALE("scale"),
    /** What the server itself decides: binding, finalizing. */
    SERVER("");

    private final String subresource;

    Scope(String subresource) {
        this.subresource = subresource;
    }

    /** Whether it is the status, or a part of it. */
    boolean ofStatus() {
        return this == STATUS || this == APPROVAL;
    }

    /** As managed fields name it; empty for the object itself. */
    public String subresource() {
        return subresource;
    }
}

package dev.firedrill.harness.cluster;

/** The kinds of cluster that a drill can run on. A verdict always names its kind. */
public enum ClusterKind {
    /** A one-node k3s in a Docker container. */
    K3S,
    /** One namespace of a cluster that is there already, and stays. */
    EXISTING,
    /** A small Kubernetes inside the JVM, whose pods are child processes. */
    EMBEDDED;

    /** Whether a cluster of this kind is made for a run and thrown away after it. */
    public boolean isThrowaway() {
        return this != EXISTING;
    }

    /** As the user writes it: in flags, on the console, in reports. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

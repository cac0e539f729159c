package dev.firedrill.harness.cluster.embedded.kubelet;

/** A container's program could not be started. */
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }
}

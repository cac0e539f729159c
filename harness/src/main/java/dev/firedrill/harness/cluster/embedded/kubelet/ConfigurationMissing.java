package dev.firedrill.harness.cluster.embedded.kubelet;

/** What a pod refers to is not there, or not yet: its container waits with this message. */
final class ConfigurationMissing extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigurationMissing(String message) {
        super(message);
    }
}

package dev.firedrill.harness.conformance;

/**
 * One thing that Kubernetes does and that scenarios rely on.
 *
 * @param id short and lasting, {@code area.name}: a kind's deviations refer to it
 * @param statement what holds, in one line, as in the table of docs/clusters.md
 * @param check throws if it does not hold; the message says what was seen instead
 */
public record Behaviour(String id, String statement, Check check) {
    /** Tries a behaviour on a namespace of its own. */
    @FunctionalInterface
    public interface Check {
        void on(Ground ground) throws Exception;
    }

    /** The part of Kubernetes that it belongs to: what stands before the dot. */
    public String area() {
        return id.substring(0, id.indexOf('.'));
    }

    @Override
    public String toString() {
        return id + ": " + statement;
    }
}

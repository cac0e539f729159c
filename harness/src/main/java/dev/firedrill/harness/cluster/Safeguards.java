package dev.firedrill.harness.cluster;

/**
 * What faults must heed on a cluster.
 *
 * @param mostPods how many pods one fault may touch
 * @param rightsAsked whether the server is asked, before anything is changed, if all of it is allowed
 * @param nodes whether faults may go through the nodes, beside the API
 */
public record Safeguards(int mostPods, boolean rightsAsked, boolean nodes) {
    public Safeguards {
        if (mostPods < 1) {
            throw new IllegalArgumentException("a fault that may touch no pod is none: " + mostPods);
        }
    }

    /** The same where faults may go through the nodes. */
    public Safeguards withNodes() {
        return new Safeguards(mostPods, rightsAsked, true);
    }

    /** Those of a cluster that is thrown away: whoever started it may do everything. */
    public static Safeguards none() {
        return new Safeguards(Integer.MAX_VALUE, false, true);
    }
}

package dev.firedrill.harness.model;

/** Where a probe looks from. */
public enum Vantage {
    /** As a user outside: through the published address of the ingress. */
    OUTSIDE,
    /** As a client in the cluster: from the agent's pod, resolving names as any pod would. */
    INSIDE
}

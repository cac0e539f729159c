package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.agent.AgentDeployment;
import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.cluster.existing.DrillLease;
import dev.firedrill.harness.cluster.existing.LentNamespace;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * A short stay in a namespace that others use as well: with its lease, unless its holder welcomes guests, and with the
 * harness's agent, which is brought along and taken away where it is not there.
 */
final class Visit implements AutoCloseable {
    private final KubernetesClient client;
    private final String namespace;
    private final @Nullable DrillLease lease;
    private @Nullable Ground ground;
    private @Nullable AgentClient agent;

    private Visit(KubernetesClient client, String namespace, @Nullable DrillLease lease) {
        this.client = client;
        this.namespace = namespace;
        this.lease = lease;
    }

    /**
     * Goes in.
     *
     * @throws dev.firedrill.harness.model.ConfigurationException if somebody drills there
     */
    static Visit to(KubernetesClient client, String namespace) {
        return new Visit(
                client,
                namespace,
                DrillLease.welcomes(client, namespace)
                        ? null
                        : DrillLease.take(client, namespace, line -> System.err.println("firedrill: " + line)));
    }

    /** The agent, which is there when this returns. */
    AgentClient agent(Timekeeper clock) {
        AgentClient there;
        if (AgentDeployment.isIn(client, namespace)) {
            there = AgentClient.in(client, namespace, clock);
        } else {
            Ground lent = LentNamespace.of(client, namespace);
            ground = lent;
            there = AgentDeployment.standard().deploy(lent, client, clock);
        }
        agent = there;
        return there;
    }

    @Override
    public void close() {
        try {
            if (agent != null) {
                agent.close();
            }
            if (ground != null) {
                ground.close();
            }
        } finally {
            if (lease != null) {
                lease.close();
            }
        }
    }
}

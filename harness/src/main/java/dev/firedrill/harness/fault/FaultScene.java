package dev.firedrill.harness.fault;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.cluster.Safeguards;
import dev.firedrill.harness.timeline.Journal;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a fault happens.
 *
 * @param client a client of the cluster
 * @param namespace the one namespace that may be touched
 * @param agent the harness's program inside, from where effects are proven
 * @param journal where it is recorded
 * @param undoDirectory where the undo is kept on disk, with mode 0600
 * @param run the run's id, which names the undo in the cluster
 * @param safeguards what must be heeded here
 */
public record FaultScene(
        KubernetesClient client,
        String namespace,
        AgentClient agent,
        Journal journal,
        Path undoDirectory,
        String run,
        Safeguards safeguards) {
    public FaultScene {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(journal, "journal");
        Objects.requireNonNull(undoDirectory, "undoDirectory");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(safeguards, "safeguards");
    }

    /** One where nothing must be heeded. */
    public FaultScene(
            KubernetesClient client,
            String namespace,
            AgentClient agent,
            Journal journal,
            Path undoDirectory,
            String run) {
        this(client, namespace, agent, journal, undoDirectory, run, Safeguards.none());
    }

    /** The objects of the namespace, to plan changes with. */
    public ObjectFields objects() {
        return new ObjectFields(client, namespace);
    }
}

package dev.firedrill.harness.fault;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.cluster.Safeguards;
import dev.firedrill.harness.timeline.Journal;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param longest how long a fault may last before it ends by itself
 * @param objects the objects of the namespace, to plan changes with
 */
public record FaultScene(
        KubernetesClient client,
        String namespace,
        AgentClient agent,
        Journal journal,
        Path undoDirectory,
        String run,
        Safeguards safeguards,
        Duration longest,
        ObjectFields objects) {
    public FaultScene {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(journal, "journal");
        Objects.requireNonNull(undoDirectory, "undoDirectory");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(safeguards, "safeguards");
        Objects.requireNonNull(longest, "longest");
        Objects.requireNonNull(objects, "objects");
    }

    /** One where faults last as long as {@link LongestDuration} says. */
    public FaultScene(
            KubernetesClient client,
            String namespace,
            AgentClient agent,
            Journal journal,
            Path undoDirectory,
            String run,
            Safeguards safeguards) {
        this(
                client,
                namespace,
                agent,
                journal,
                undoDirectory,
                run,
                safeguards,
                LongestDuration.chosen(),
                new ObjectFields(client, namespace));
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

    /** The same for faults that end by themselves after another time. */
    public FaultScene lasting(Duration other) {
        return new FaultScene(client, namespace, agent, journal, undoDirectory, run, safeguards, other, objects);
    }

    /** The same, asked through another client of its agent. */
    FaultScene seenBy(AgentClient other) {
        return new FaultScene(client, namespace, other, journal, undoDirectory, run, safeguards, longest, objects);
    }

    /** The same for one plan, which sees each object in one state. */
    FaultScene planning() {
        return new FaultScene(
                client, namespace, agent, journal, undoDirectory, run, safeguards, longest, objects.readOnce());
    }
}

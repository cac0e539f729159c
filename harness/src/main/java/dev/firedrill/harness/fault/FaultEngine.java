package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.HealingException;
import dev.firedrill.harness.model.InjectionException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Injects any fault and takes it back, from its plan alone. Before the first change the undo is written down in the
 * cluster and on disk; after the last, the effect is proven, or recorded as unproven.
 */
public final class FaultEngine {
    private final FaultScene scene;
    private final ObjectFields fields;
    private final UndoStore undos;
    private final ConfigurationVolumes volumes;

    public FaultEngine(FaultScene scene) {
        this.scene = scene;
        this.fields = new ObjectFields(scene.client(), scene.namespace());
        this.undos = new UndoStore(scene);
        this.volumes = new ConfigurationVolumes(scene.client(), scene.namespace());
    }

    /**
     * Plans, writes down the undo, changes, and waits for the proof.
     *
     * @param name what the journal calls it; a plant and its trigger share one
     * @throws InjectionException if its proof would prove nothing, as when its effect is there already, and then
     *     nothing is changed; or if a change could not be made, and then what had been changed is put back first
     */
    public Injection inject(String name, Fault fault, InjectionPhase phase) {
        FaultPlan plan = fault.plan(scene);
        String title = name + " (" + fault.describe().title() + ")";
        String id = "firedrill-undo-" + scene.run() + "-"
                + (scene.journal().events().size() + 1);
        journalPlan(name, fault, phase, plan);
        doubtOf(fault.proof(), phase, plan).ifPresent(doubt -> {
            throw new InjectionException(title + " was not injected, since nothing could prove it: " + doubt);
        });
        undos.keep(id, new UndoRecord(scene.run(), title, scene.namespace(), plan.changes()));
        Injection attempted = new Injection(id, name, fault, phase, plan, null);
        Instant begun = scene.journal().clock().now();
        Duration injected = scene.journal().clock().elapsed();
        try {
            plan.changes().forEach(this::make);
        } catch (InjectionException | KubernetesClientException e) {
            undoQuietly(attempted, e);
            throw new InjectionException(title + " could not be injected: " + e.getMessage(), e);
        }
        // From its first change on a fault may show: what is seen while the others are made is its doing.
        scene.journal()
                .append(
                        "harness",
                        EventType.FAULT_INJECTED,
                        begun,
                        Duration.ZERO,
                        Map.of("fault", name, "phase", phase.label()));
        Optional<String> evidence = await(fault.proof(), plan);
        if (evidence.isPresent()) {
            journalProof(name, phase, injected, evidence.get());
        } else {
            long millis = fault.proof().within().toMillis();
            String reason =
                    "not seen within " + millis + " ms: " + fault.proof().describe();
            scene.journal()
                    .append(
                            "harness",
                            EventType.FAULT_UNPROVEN,
                            Map.of("fault", name, "phase", phase.label(), "reason", reason));
        }
        return new Injection(id, name, fault, phase, plan, evidence.orElse(null));
    }

    /**
     * Puts back what an injection changed, last change first. A field that somebody else has changed since is left
     * alone and named.
     *
     * @return the conflicts that were left alone, one line each
     * @throws HealingException if the cluster refused; the undo is kept for another attempt
     */
    public List<String> undo(Injection injection) {
        List<String> conflicts = new ArrayList<>();
        List<Change> changes = injection.plan().changes();
        try {
            for (int i = changes.size() - 1; i >= 0; i--) {
                changes.get(i)
                        .fold(this::reverse, pod -> Optional.<String>empty())
                        .ifPresent(conflicts::add);
            }
            undos.forget(injection.id());
        } catch (KubernetesClientException | IOException e) {
            throw new HealingException(
                    "could not put back " + injection.name() + ": " + e.getMessage()
                            + "; its undo is kept in ConfigMap " + injection.id() + " and below "
                            + scene.undoDirectory(),
                    e);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("fault", injection.name());
        data.put("phase", injection.phase().label());
        data.put("changes", changes.size());
        data.put("conflicts", conflicts);
        scene.journal().append("harness", EventType.FAULT_UNDONE, data);
        return conflicts;
    }

    /**
     * Pulls a trigger once more after its plant has been put back, so that this takes effect too, and takes the trigger
     * itself back.
     *
     * @return conflicts, as of {@link #undo}
     */
    public List<String> settle(String name, Fault trigger) {
        Injection again = inject(name, trigger, InjectionPhase.SETTLE);
        List<String> conflicts = new ArrayList<>(undo(again));
        if (again.evidence().isEmpty()) {
            conflicts.add("what was put back under '" + name + "' may not be in effect: not seen within "
                    + trigger.proof().within().toMillis() + " ms that "
                    + trigger.proof().describe());
        }
        return conflicts;
    }

    private void make(Change change) {
        change.fold(
                field -> {
                    ObjectFields.Outcome outcome = write(field);
                    if (outcome == ObjectFields.Outcome.CONFLICT || outcome == ObjectFields.Outcome.GONE) {
                        throw new InjectionException(
                                field.target() + " " + field.pointer() + " was changed by somebody else meanwhile");
                    }
                    return outcome;
                },
                this::delete);
    }

    private ObjectFields.Outcome write(FieldChange change) {
        ObjectFields.Outcome outcome = fields.write(change);
        if (outcome == ObjectFields.Outcome.WRITTEN) {
            volumes.follow(change.target());
        }
        return outcome;
    }

    private PodDeletion delete(PodDeletion deletion) {
        var pod = scene.client()
                .pods()
                .inNamespace(scene.namespace())
                .withName(deletion.target().name());
        var found = pod.get();
        if (found != null && deletion.uid().equals(found.getMetadata().getUid())) {
            pod.delete();
        }
        return deletion;
    }

    private Optional<String> reverse(FieldChange change) {
        return switch (write(change.reversed())) {
            case WRITTEN, ALREADY -> Optional.empty();
            case CONFLICT ->
                Optional.of(change.target() + " " + change.pointer()
                        + " was changed by somebody else since; it was left alone");
            case GONE -> Optional.of(change.target() + " is gone; nothing to put back");
        };
    }

    private void undoQuietly(Injection attempted, Exception reason) {
        try {
            undo(attempted);
        } catch (HealingException e) {
            reason.addSuppressed(e);
        }
    }

    private Optional<String> await(Proof proof, FaultPlan plan) {
        AtomicReference<String> seen = new AtomicReference<>();
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(proof.within())
                    .until(() -> {
                        proof.evidence(scene, plan).ifPresent(seen::set);
                        return seen.get() != null;
                    });
        } catch (ConditionTimeoutException notSeen) {
            return Optional.empty();
        }
        return Optional.ofNullable(seen.get());
    }

    private void journalPlan(String name, Fault fault, InjectionPhase phase, FaultPlan plan) {
        FaultDescription description = fault.describe();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("fault", name);
        data.put("title", description.title());
        data.put("kind", description.kind());
        data.put("harm", description.harm());
        data.put("parameters", description.parameters());
        data.put("phase", phase.label());
        data.put("changes", plan.changes().stream().map(FaultEngine::row).toList());
        data.put("blastRadius", plan.blastRadius());
        scene.journal().append("harness", EventType.FAULT_PLANNED, data);
    }

    private static Map<String, Object> row(Change change) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("target", change.target().toString());
        return change.fold(
                field -> {
                    row.put("action", "set " + field.pointer());
                    row.put("before", FieldChange.shown(field.beforeOrNull()));
                    row.put("after", FieldChange.shown(field.afterOrNull()));
                    return row;
                },
                pod -> {
                    row.put("action", "delete");
                    row.put("before", "uid " + pod.uid());
                    row.put("after", "replaced by its controller");
                    return row;
                });
    }

    /** Why a proof would prove nothing, asked before anything is changed. */
    private Optional<String> doubtOf(Proof proof, InjectionPhase phase, FaultPlan plan) {
        if (phase != InjectionPhase.INJECT && phase != InjectionPhase.TRIGGER) {
            return Optional.empty();
        }
        if (proof.readsBack()) {
            return Optional.of("reading back what was written proves no effect: " + proof.describe());
        }
        return proof.evidence(scene, plan).map(already -> "it was there before anything was changed: " + already);
    }

    private void journalProof(String name, InjectionPhase phase, Duration injected, String evidence) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("fault", name);
        data.put("phase", phase.label());
        data.put("evidence", evidence);
        data.put("afterMs", scene.journal().clock().elapsed().minus(injected).toMillis());
        scene.journal().append("harness", EventType.FAULT_PROVEN, data);
    }
}

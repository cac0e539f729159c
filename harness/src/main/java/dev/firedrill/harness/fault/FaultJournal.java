package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what becomes of faults into the journal. */
final class FaultJournal {
    private static final String SOURCE = "harness";
    private static final double NANOS_PER_TENTH = 100_000;

    private final FaultScene scene;

    FaultJournal(FaultScene scene) {
        this.scene = scene;
    }

    void planned(String name, Fault fault, InjectionPhase phase, FaultPlan plan, List<String> pods) {
        FaultDescription description = fault.describe();
        Map<String, Object> data = of(name, phase);
        data.put("title", description.title());
        data.put("kind", description.kind());
        data.put("harm", description.harm());
        data.put("parameters", description.parameters());
        data.put("changes", plan.changes().stream().map(FaultJournal::row).toList());
        data.put("blastRadius", plan.blastRadius());
        data.put("pods", pods);
        append(EventType.FAULT_PLANNED, data);
    }

    /**
     * @param begun when the first change was made
     * @param preparing how long it took until then: the plan, its permission, the look whether the effect is there
     *     already, and writing down the undo
     * @param answering of that look, how long the system took to answer what was asked from inside
     * @param waited of the changes, how long an object that was made took to be ready
     */
    void injected(
            String name, InjectionPhase phase, Instant begun, Duration preparing, Duration answering, Duration waited) {
        Map<String, Object> data = of(name, phase);
        data.put("preparedMs", millis(preparing));
        data.put("answeringMs", millis(answering));
        data.put("waitedMs", millis(waited));
        scene.journal().append(SOURCE, EventType.FAULT_INJECTED, begun, Duration.ZERO, data);
    }

    void proven(String name, InjectionPhase phase, Duration injected, String evidence, Sighting sighting) {
        Map<String, Object> data = of(name, phase);
        data.put("evidence", evidence);
        data.put("afterMs", scene.journal().clock().elapsed().minus(injected).toMillis());
        data.put("looks", sighting.looks());
        data.put("seeingMs", millis(sighting.seeing()));
        data.put("answeringMs", millis(sighting.answering()));
        append(EventType.FAULT_PROVEN, data);
    }

    void unproven(String name, InjectionPhase phase, Proof proof, @Nullable String trouble) {
        Map<String, Object> data = of(name, phase);
        data.put(
                "reason",
                "not seen within " + proof.within().toMillis() + " ms: " + proof.describe()
                        + Objects.requireNonNullElse(trouble, ""));
        append(EventType.FAULT_UNPROVEN, data);
    }

    /** @param by who ended it: {@code harness}, or {@code cluster} if its own record was not there any more */
    void expired(Injection injection, String by) {
        Map<String, Object> data = of(injection.name(), injection.phase());
        data.put("longestMs", scene.longest().toMillis());
        data.put("by", by);
        append(EventType.FAULT_EXPIRED, data);
    }

    /**
     * @param took from its beginning until its record was forgotten
     * @param waited of it, how long an object that had been made took to be gone
     */
    void undone(Injection injection, List<String> conflicts, Duration took, Duration waited) {
        Map<String, Object> data = of(injection.name(), injection.phase());
        data.put("changes", injection.plan().changes().size());
        data.put("conflicts", conflicts);
        data.put("tookMs", millis(took));
        data.put("waitedMs", millis(waited));
        append(EventType.FAULT_UNDONE, data);
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / NANOS_PER_TENTH) / 10.0;
    }

    private static Map<String, Object> of(String name, InjectionPhase phase) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("fault", name);
        data.put("phase", phase.label());
        return data;
    }

    private void append(String type, Map<String, Object> data) {
        scene.journal().append(SOURCE, type, data);
    }

    private static Map<String, Object> row(Change change) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("target", change.target().toString());
        return change.fold(new Change.Cases<>(
                field -> {
                    row.put("action", "set " + field.pointer());
                    row.put("before", field.shownBefore());
                    row.put("after", field.shownAfter());
                    return row;
                },
                object -> {
                    row.put("action", "delete");
                    row.put("before", "uid " + object.uid());
                    row.put("after", "(absent)");
                    return row;
                },
                pod -> {
                    row.put("action", pod.manner() == PodDeletion.Manner.EVICTED ? "evict" : "delete");
                    row.put("before", "uid " + pod.uid());
                    row.put("after", "replaced by its controller");
                    return row;
                },
                creation -> {
                    row.put("action", "create");
                    row.put("before", "(absent)");
                    row.put("after", "made by this run");
                    return row;
                },
                toxic -> {
                    row.put("action", toxic.action());
                    row.put("before", "(absent)");
                    row.put("after", toxic.shown());
                    return row;
                }));
    }
}

package dev.firedrill.harness.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * Confirms the only field that a plan writes by reading it back, once the object's controller has seen it, where there
 * is one that says so. It proves no effect: it is for what is planted, and for operators' changes.
 *
 * @param describe what is looked for, for people
 * @param seen what is said when it is there; without the value, which may be a secret
 */
public record FieldReadBack(String describe, String seen) implements Proof {
    private static final Duration WITHIN = Duration.ofSeconds(5);

    @Override
    public Duration within() {
        return WITHIN;
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    @Override
    public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
        FieldChange change = plan.onlyField();
        return scene.objects()
                .read(change.target())
                .filter(Observed::isIn)
                .flatMap(now -> ObjectFields.field(now, change.pointer()))
                .filter(now -> change.after().filter(now::equals).isPresent())
                .map(same -> "read back: " + seen);
    }
}

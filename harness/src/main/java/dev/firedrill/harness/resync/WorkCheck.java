package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.ExpectationKind;
import java.util.List;

/**
 * Judges delayed work by what a {@link Workload} and a {@link WorkObserver} left in a journal: a pure function, so that
 * it can be asked again of an old run.
 *
 * <pre>{@code
 * Judgement judgement = new ArrivalCheck(Windows.BEFORE_DURING_AFTER).judge(journal.events());
 * }</pre>
 */
public interface WorkCheck extends Check {
    @Override
    default ExpectationKind kind() {
        return ExpectationKind.INVARIANT;
    }

    /** Everything that must be true of delayed work after an outage, whatever the system. */
    static List<WorkCheck> all(Windows windows) {
        return List.of(
                new ArrivalCheck(windows),
                new ConvergenceCheck(windows),
                new OnceCheck(windows),
                new OrderCheck(windows),
                new LostUpdateCheck(windows),
                new ResurrectionCheck(windows),
                new PhantomCheck(windows));
    }
}

package dev.firedrill.harness.drill;

import dev.firedrill.harness.alert.AlertCheck;
import dev.firedrill.harness.alert.StaysResolvedCheck;
import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks once more, when a drill has ended, at the alerts that resolved in it: that passes at the first lull. */
final class Resolutions {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    private Resolutions() {}

    /**
     * Judges whether they lasted. What the drill's last changes made fire again has as long to resolve as the system
     * has to recover.
     *
     * @return empty if nothing resolved
     */
    static Optional<Judgement> lasting(Drill drill, Watch watch, Verdicts verdicts) throws InterruptedException {
        List<Check> demanded = drill.steps().stream()
                .flatMap(step ->
                        step.action() instanceof Action.Demand demand ? demand.expectations().stream() : Stream.empty())
                .map(Expectation::check)
                .toList();
        Optional<StaysResolvedCheck> check = AlertCheck.staysResolved(demanded, verdicts.events());
        return check.isPresent()
                ? Optional.of(patiently(check.get(), watch.now().plus(drill.recovery()), watch, verdicts))
                : Optional.empty();
    }

    private static Judgement patiently(StaysResolvedCheck check, Duration until, Watch watch, Verdicts verdicts)
            throws InterruptedException {
        Judgement judgement = check.judge(verdicts.events());
        while (judgement.verdict() != Verdict.PASS
                && check.mayStillPass(verdicts.events())
                && watch.now().compareTo(until) < 0) {
            Pause.lasting(LOOK_AGAIN);
            judgement = check.judge(verdicts.events());
        }
        return judgement;
    }
}

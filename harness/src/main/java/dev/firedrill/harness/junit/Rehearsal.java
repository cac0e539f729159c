package dev.firedrill.harness.junit;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillResult;
import dev.firedrill.harness.drill.DrillRunner;
import dev.firedrill.harness.drill.PlaceboSettings;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/** Runs drills in a test: a verdict other than PASS fails it, and the failure says which expectation and why. */
public final class Rehearsal {
    private final ClassRun run;

    Rehearsal(ClassRun run) {
        this.run = run;
    }

    /**
     * Runs a drill that must pass.
     *
     * @throws AssertionFailedError if its verdict is FAIL or INCONCLUSIVE
     */
    public DrillResult run(Drill drill) {
        DrillResult result = resultOf(drill);
        if (result.verdict() != Verdict.PASS) {
            throw new AssertionFailedError(drill.name() + ": " + result.headline()
                    + result.judgements().stream()
                            .filter(judgement -> judgement.verdict() != Verdict.PASS)
                            .map(Rehearsal::line)
                            .collect(Collectors.joining("", "\n", ""))
                    + "  journal: " + run.stage().request().directory().resolve("journal.jsonl"));
        }
        return result;
    }

    /** Runs a drill for its result, whatever that is: for tests of what a drill can see. */
    public DrillResult resultOf(Drill drill) {
        DrillResult result =
                new DrillRunner(run.stage(), PlaceboSettings.chosen(PlaceboSettings.Mode.UNLESS_RECORDED)).run(drill);
        run.add(result);
        return result;
    }

    private static String line(Judgement judgement) {
        return "  " + judgement.verdict() + " " + judgement.expectation() + ": " + judgement.reason() + "\n";
    }
}

package dev.firedrill.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.drill.DrillResult;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import java.util.List;

/** What counter-tests say of a drill that must not pass: which expectation went red, and that its message names why. */
public final class Verdicts {
    private Verdicts() {}

    /** The drill failed, and one of its failures is of this expectation for this reason (both parts of its text). */
    public static void assertFails(DrillResult result, String expectation, String reason) {
        assertRed(result, Verdict.FAIL, expectation, reason);
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    }

    /** The drill is inconclusive and nothing in it failed, since nothing could be said. */
    public static void assertInconclusive(DrillResult result, String expectation, String reason) {
        assertRed(result, Verdict.INCONCLUSIVE, expectation, reason);
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    /** The drill did not pass, and this is among what went red. */
    public static void assertRed(DrillResult result, Verdict verdict, String expectation, String reason) {
        List<String> red = result.judgements().stream()
                .filter(judgement -> judgement.verdict() == verdict)
                .map(Verdicts::line)
                .toList();
        assertThat(red)
                .as(
                        "%s of drill %s: %s",
                        verdict,
                        result.drill(),
                        result.judgements().stream().map(Verdicts::line).toList())
                .anySatisfy(line -> assertThat(line).contains(expectation).contains(reason));
    }

    private static String line(Judgement judgement) {
        return judgement.verdict() + " " + judgement.expectation() + ": " + judgement.reason();
    }
}

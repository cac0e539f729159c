package dev.firedrill.harness.resync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;

/** What a check says of a history, to the letter. */
final class JudgementAssertions {
    private JudgementAssertions() {}

    static void assertPass(WorkCheck check, HistoryBuilder history, String reason) {
        assertJudged(check, history, Verdict.PASS, reason);
    }

    static void assertFail(WorkCheck check, HistoryBuilder history, String reason) {
        assertJudged(check, history, Verdict.FAIL, reason);
    }

    static void assertInconclusive(WorkCheck check, HistoryBuilder history, String reason) {
        assertJudged(check, history, Verdict.INCONCLUSIVE, reason);
    }

    static Judgement assertJudged(WorkCheck check, HistoryBuilder history, Verdict verdict, String reason) {
        Judgement judgement = check.judge(history.events());
        assertThat(judgement.reason()).isEqualTo(reason);
        assertThat(judgement.verdict()).isEqualTo(verdict);
        assertThat(judgement.expectation()).isEqualTo(check.expectation());
        return judgement;
    }
}

package dev.firedrill.harness.probe;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The judgements of one check of a probe. */
record Judgements(Check check, ProbeSpec probe, @Nullable Duration deadline) {
    Judgement of(Verdict verdict, String reason, List<String> evidence, @Nullable Duration took) {
        return new Judgement(check.expectation(), check.kind(), verdict, reason, evidence, deadline, took);
    }

    Judgement inconclusive(String reason, List<String> evidence) {
        return of(Verdict.INCONCLUSIVE, reason, evidence, null);
    }

    Judgement unknown(Moment moment) {
        return inconclusive(
                "Probe '" + probe.name() + "' cannot be judged: the journal does not have " + moment.description()
                        + "; did the drill get that far?",
                List.of());
    }

    Judgement starved(Schedule schedule) {
        return inconclusive(
                "Probe '" + probe.name() + "' cannot be judged: " + schedule.account() + "; " + source()
                        + "; did the prober run all the time?",
                schedule.remarkable());
    }

    /** Of a part of the window nothing is known yet. */
    Judgement open(Schedule schedule, Moment from, Duration later) {
        return inconclusive(
                "Probe '" + probe.name() + "' cannot be judged: of a request that was due " + Durations.words(later)
                        + " after " + from.description() + " nothing is known yet (" + schedule.account() + "); "
                        + source() + "; is it still open, or the window not over?",
                schedule.remarkable());
    }

    /** {@code "looked from inside at http://api:8080/v1/status"}. */
    String source() {
        return "looked " + probe.describeView();
    }

    static void positive(Duration deadline) {
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("a deadline is longer than zero: " + Durations.words(deadline));
        }
    }
}

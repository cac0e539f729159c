package dev.firedrill.harness.alert;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The judgements of one check of the pager. */
record Judgements(Check check, AlertMatch match, @Nullable Duration deadline) {
    static final String SOURCE = "source: the pager's inbox";

    Judgement of(Verdict verdict, String reason, Collection<ReceivedAlert> evidence, @Nullable Duration took) {
        List<String> lines =
                evidence.stream().limit(20).map(ReceivedAlert::line).toList();
        return new Judgement(check.expectation(), check.kind(), verdict, reason, lines, deadline, took);
    }

    Judgement inconclusive(String reason, Collection<ReceivedAlert> evidence) {
        return of(Verdict.INCONCLUSIVE, reason, evidence, null);
    }

    Judgement unknown(Moment moment) {
        return inconclusive(
                subject() + " cannot be judged: the journal does not have " + moment.description()
                        + "; did the drill get that far?",
                List.of());
    }

    /** The alert, at the beginning of a sentence. */
    String subject() {
        String text = match.description();
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    static void positive(Duration deadline) {
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("a deadline is longer than zero: " + Durations.words(deadline));
        }
    }
}

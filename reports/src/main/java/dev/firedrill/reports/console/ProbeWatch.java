package dev.firedrill.reports.console;

import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.reports.record.Details;
import dev.firedrill.reports.wording.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells of a probe only when its state changes, and no longer once it flaps. Answers may come out of order: one to a
 * request that was due before the last change says nothing of the state since.
 */
final class ProbeWatch {
    private static final int CHANGES_TOLD = 12;

    private boolean failing;
    private int changes;
    private long failed;
    private Instant since = Instant.EPOCH;

    /** A change worth telling. */
    record Change(boolean down, String text) {}

    Optional<Change> sample(TimelineEvent event) {
        Details sample = Details.of(event);
        String outcome = sample.text("outcome").toLowerCase(Locale.ROOT);
        Instant at = sample.instant("intendedAt").orElse(event.at());
        boolean isDown = outcome.equals("failed");
        failed += isDown ? 1 : 0;
        boolean says = isDown || outcome.equals("ok");
        if (isDown == failing || !says || at.isBefore(since)) {
            return Optional.empty();
        }
        failing = isDown;
        changes++;
        String text = isDown ? down(sample) : name(sample) + up(Duration.between(since, at));
        since = at;
        failed = isDown ? 1 : 0;
        if (changes > CHANGES_TOLD) {
            return Optional.empty();
        }
        return Optional.of(new Change(
                isDown, changes == CHANGES_TOLD ? text + " (it flaps; the report has the other changes)" : text));
    }

    private static String down(Details sample) {
        String why = sample.firstText("detail", "status");
        return name(sample) + " fails" + (why.isEmpty() ? "" : ": " + why);
    }

    private String up(Duration span) {
        return " answers again after " + Wording.duration(span) + " (" + Wording.count(failed, "failed request") + ")";
    }

    static String name(Details sample) {
        String vantage = sample.text("vantage").toLowerCase(Locale.ROOT);
        return sample.text("probe") + (vantage.isEmpty() ? "" : " (" + vantage + ")");
    }
}

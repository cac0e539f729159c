package dev.firedrill.reports.record;

import dev.firedrill.reports.record.DrillRecord.StepRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects the steps of a drill and closes them as they finish. */
final class StepReader {
    private final List<StepRecord> steps = new ArrayList<>();

    void started(Details details, Duration at) {
        steps.add(new StepRecord(
                details.text("step"),
                details.firstText("title", "step"),
                details.text("kind"),
                at,
                null,
                details.moment("recordAt").orElse(null),
                details.moment("recordUntil").orElse(null),
                details.isTrue("recordAssumed"),
                details.text("recordText"),
                details.text("who"),
                "",
                null));
    }

    void finished(Details details, Duration at) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            StepRecord step = steps.get(i);
            if (step.id().equals(details.text("step")) && step.tookOrNull() == null) {
                steps.set(i, closed(step, details, at));
                return;
            }
        }
    }

    private static StepRecord closed(StepRecord step, Details details, Duration at) {
        return new StepRecord(
                step.id(),
                step.title(),
                step.kind(),
                step.at(),
                details.millis("tookMs").orElse(at.minus(step.at())),
                step.recordAtOrNull(),
                step.recordUntilOrNull(),
                step.assumed(),
                step.recordText(),
                step.who(),
                details.text("measured"),
                details.millis("skippedMs").orElse(null));
    }

    List<StepRecord> result() {
        return List.copyOf(steps);
    }
}

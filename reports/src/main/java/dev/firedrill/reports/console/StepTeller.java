package dev.firedrill.reports.console;

import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.reports.record.Details;
import dev.firedrill.reports.wording.Wording;

/**
 * Tells the steps of a drill. In a replay the rows of the record stand out, and what is done for a row is told by what
 * happens, save for what people do; what only sets the replay up is told once.
 */
final class StepTeller {
    private final Margin margin;
    private boolean replay;
    private boolean inside;
    private boolean begun;
    private boolean over;
    private String row = "";
    private String setUp = "";

    StepTeller(Margin margin) {
        this.margin = margin;
    }

    /** A drill begins. */
    void begin(boolean isReplay) {
        replay = isReplay;
        inside = false;
        begun = false;
        over = false;
        row = "";
        setUp = "";
    }

    void started(TimelineEvent event, Details details) {
        inside = true;
        over = false;
        String id = details.text("step");
        String title = details.firstText("title", "step");
        String kind = details.text("kind");
        if (!row.isEmpty() && id.startsWith(row + ".")) {
            part(event, kind, title);
        } else if (replay && details.moment("recordAt").isEmpty()) {
            if (!kind.equals("steady") && !setUp.equals(title)) {
                margin.happening(event.received(), Symbol.NOTE, title, Ink.DIM);
            }
            setUp = title;
        } else {
            begun = true;
            row = id;
            if (replay || !kind.equals("judge")) {
                own(event, details, title);
            }
        }
    }

    /** Whether the first step that counts has begun; a system that is still being set up may stumble. */
    boolean begun() {
        return begun;
    }

    /** What people do for a row is told in its words; the rest by what happens. */
    private void part(TimelineEvent event, String kind, String title) {
        switch (kind) {
            case "act", "work" -> margin.happening(event.received(), Symbol.STEP, title, Ink.PLAIN);
            default -> {
                // faults, observations and verdicts speak for themselves
            }
        }
    }

    private void own(TimelineEvent event, Details details, String title) {
        String at = details.moment("recordAt").map(Wording::dayAndClock).orElse("");
        String until = details.moment("recordUntil")
                .map(end -> ", until " + Wording.clock(end))
                .orElse("");
        String assumed = details.isTrue("recordAssumed") ? " (time assumed)" : "";
        margin.step(at, event.received(), title, until + assumed);
    }

    void finished() {
        inside = false;
    }

    /** What happens after the last step gets a line of its own above it, once. */
    void tellIfOutside(TimelineEvent event) {
        if (!inside && begun && !over) {
            over = true;
            margin.step("", event.received(), "Afterwards", "");
        }
    }
}

package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says in one sentence what a step brought about, from what the journal got while it lasted. */
final class Measured {
    private Measured() {}

    /**
     * The sentence; empty if there is nothing to say besides the verdicts.
     *
     * @param during the events since the step began
     */
    static String in(List<TimelineEvent> during) {
        Set<String> parts = new LinkedHashSet<>();
        long accepted = during.stream()
                .filter(event -> event.type().equals(EventType.WORK_OPERATION))
                .filter(event -> event.text("phase").equals("ok"))
                .count();
        if (accepted > 0) {
            parts.add(accepted + (accepted == 1 ? " change accepted" : " changes accepted"));
        }
        for (TimelineEvent event : during) {
            switch (event.type()) {
                case EventType.FAULT_PROVEN -> parts.add(event.text("evidence"));
                case EventType.FAULT_UNPROVEN -> parts.add("not proven: " + event.text("reason"));
                case EventType.FAULT_UNDONE -> parts.add("put back");
                case EventType.REQUEST_ANSWERED -> parts.add(answered(event));
                default -> {
                    // other events have lanes or verdicts of their own
                }
            }
        }
        return String.join("; ", parts);
    }

    private static String answered(TimelineEvent event) {
        int named = event.data().get("changes") instanceof List<?> changes ? changes.size() : 0;
        return event.text("method") + " " + event.text("url") + ": HTTP " + event.text("status")
                + (named == 0 ? "" : ", names " + named + (named == 1 ? " change" : " changes"));
    }
}

package dev.firedrill.reports.record;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.util.HashSet;
import java.util.Set;

/** Tells the events of placebos, whose verdicts are not those of drills: what they come to is in the drill itself. */
public final class PlaceboEvents {
    private final Set<String> drills = new HashSet<>();

    /** Whether an event is of a placebo; to be asked of each, in order. */
    public boolean has(TimelineEvent event) {
        if (event.type().equals(EventType.DRILL_STARTED)
                && !Details.of(event).child("placebo").data().isEmpty()) {
            drills.add(event.drill());
        }
        return drills.contains(event.drill());
    }
}

package dev.firedrill.reports.html;

import dev.firedrill.reports.record.FaultRecord;
import dev.firedrill.reports.record.FaultRecord.Moment;
import dev.firedrill.reports.record.FaultRecord.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Each fault from its planting to its undo, and what operators changed meanwhile. */
final class FaultLane {
    private final Lane lane;

    FaultLane(Lane lane) {
        this.lane = lane;
    }

    /**
     * Draws them.
     *
     * @param from operators' changes that were made earlier are left out
     */
    void write(List<FaultRecord> faults, Duration from) {
        List<FaultRecord> harm =
                faults.stream().filter(fault -> !fault.isOperators()).toList();
        if (!harm.isEmpty()) {
            lane.heading("faults");
            harm.forEach(this::fault);
        }
        List<FaultRecord> changes = faults.stream()
                .filter(FaultRecord::isOperators)
                .filter(change -> change.first(Stage.CHANGED)
                        .filter(at -> at.compareTo(from) >= 0)
                        .isPresent())
                .toList();
        if (!changes.isEmpty()) {
            lane.heading("operators");
            changes.forEach(this::change);
        }
    }

    private void change(FaultRecord change) {
        Duration undone = change.undone().orElse(lane.axis().to());
        lane.row(change.name(), change.undone().isPresent() ? "put back at the end" : "not put back");
        change.first(Stage.CHANGED).ifPresent(at -> lane.bar("changed", at, undone, change.name() + ": in place"));
    }

    private void fault(FaultRecord fault) {
        Duration end = lane.axis().to();
        Duration undone = fault.undone().orElse(end);
        Optional<Duration> surfaced = fault.surfaced();
        lane.row(fault.name(), summary(fault, surfaced));
        fault.first(Stage.PLANTED)
                .ifPresent(at -> lane.bar("planted", at, surfaced.orElse(undone), fault.name() + ": planted, unseen"));
        surfaced.ifPresent(at -> lane.bar("active", at, undone, fault.name() + ": active"));
        for (Moment moment : fault.moments()) {
            switch (moment.stage()) {
                case UNPROVEN -> lane.sign("sign-unproven", moment.at(), "?", "not proven: " + moment.detail());
                case EXPIRED -> lane.sign("sign-unproven", moment.at(), "?", "ended by itself: " + moment.detail());
                default -> {
                    // the bars show it
                }
            }
        }
        fault.undone().ifPresent(at -> lane.signAfter("sign-undone", at, "↺", "undone"));
    }

    private static String summary(FaultRecord fault, Optional<Duration> surfaced) {
        if (fault.isUnproven()) {
            return "not proven";
        }
        boolean undone = fault.undone().isPresent();
        return surfaced.isEmpty() ? "never surfaced" : undone ? "proven, undone" : "not undone";
    }
}

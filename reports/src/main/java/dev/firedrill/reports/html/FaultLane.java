package dev.firedrill.reports.html;

import dev.firedrill.reports.record.FaultRecord;
import dev.firedrill.reports.record.FaultRecord.Moment;
import dev.firedrill.reports.record.FaultRecord.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Each fault from its planting to its undo. */
final class FaultLane {
    private final Lane lane;

    FaultLane(Lane lane) {
        this.lane = lane;
    }

    void write(List<FaultRecord> faults) {
        if (faults.isEmpty()) {
            return;
        }
        lane.heading("faults");
        faults.forEach(this::fault);
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

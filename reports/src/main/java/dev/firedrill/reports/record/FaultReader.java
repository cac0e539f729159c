package dev.firedrill.reports.record;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.reports.record.FaultRecord.Change;
import dev.firedrill.reports.record.FaultRecord.Moment;
import dev.firedrill.reports.record.FaultRecord.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Follows the faults of a drill. */
final class FaultReader {
    private final Map<String, Building> faults = new LinkedHashMap<>();

    private static final class Building {
        private String harm = "";
        private final List<Change> changes = new ArrayList<>();
        private final Set<String> blastRadius = new LinkedHashSet<>();
        private final List<Moment> moments = new ArrayList<>();
    }

    void announce(Details fault) {
        of(fault.text("name")).harm = fault.text("harm");
    }

    void accept(TimelineEvent event, Duration at) {
        Details details = Details.of(event);
        Building fault = of(details.text("fault"));
        String phase = details.text("phase");
        switch (event.type()) {
            case EventType.FAULT_PLANNED -> plan(fault, details, phase);
            case EventType.FAULT_INJECTED -> fault.moments.add(new Moment(stage(phase), phase, at, ""));
            case EventType.FAULT_PROVEN ->
                fault.moments.add(new Moment(Stage.PROVEN, phase, at, details.firstText("evidence", "reason")));
            case EventType.FAULT_UNPROVEN ->
                fault.moments.add(new Moment(Stage.UNPROVEN, phase, at, details.firstText("reason", "evidence")));
            case EventType.FAULT_EXPIRED -> fault.moments.add(new Moment(Stage.EXPIRED, phase, at, expired(details)));
            case EventType.FAULT_UNDONE -> fault.moments.add(new Moment(Stage.UNDONE, phase, at, undone(details)));
            default -> {
                // other types are not of a fault
            }
        }
    }

    private static void plan(Building fault, Details details, String phase) {
        if (fault.harm.isEmpty()) {
            fault.harm = details.text("harm");
        }
        fault.blastRadius.addAll(details.texts("blastRadius"));
        for (Details change : details.children("changes")) {
            fault.changes.add(new Change(
                    phase,
                    change.firstText("target", "name"),
                    change.text("action"),
                    text(change, "before"),
                    text(change, "after")));
        }
    }

    private static String text(Details change, String key) {
        Object value = change.data().get(key);
        return value == null ? "" : value.toString();
    }

    private static String expired(Details details) {
        return "nobody had ended it for as long as it may last; put back by the " + details.text("by");
    }

    private static String undone(Details details) {
        List<String> conflicts = details.texts("conflicts");
        String changes = details.text("changes");
        return Stream.of(
                        changes.isEmpty() ? "" : changes + ("1".equals(changes) ? " change" : " changes"),
                        conflicts.isEmpty() || conflicts.equals(List.of("0"))
                                ? ""
                                : "conflicts: " + String.join("; ", conflicts))
                .filter(part -> !part.isEmpty())
                .reduce((left, right) -> left + "; " + right)
                .orElse("");
    }

    private static Stage stage(String phase) {
        return switch (phase) {
            case "plant" -> Stage.PLANTED;
            case "trigger" -> Stage.TRIGGERED;
            case "operate" -> Stage.CHANGED;
            case "settle" -> Stage.SETTLED;
            default -> Stage.INJECTED;
        };
    }

    private Building of(String name) {
        return faults.computeIfAbsent(name, unseen -> new Building());
    }

    List<FaultRecord> result() {
        List<FaultRecord> result = new ArrayList<>();
        faults.forEach((name, fault) -> result.add(new FaultRecord(
                name, fault.harm, fault.changes, List.copyOf(fault.blastRadius), List.copyOf(fault.moments))));
        return result;
    }
}

package dev.firedrill.reports.record;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.reports.record.WorkRecord.Happening;
import dev.firedrill.reports.record.WorkRecord.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows changes by the source's id, from the source's yes to the target's log of applies. */
final class WorkReader {
    private static final int KEPT = 2000;

    private final Bands<Happening> bands;
    private final Map<Happening, Long> totals = new EnumMap<>(Happening.class);
    private final Map<String, Building> operations = new LinkedHashMap<>();
    private long more;

    WorkReader(Duration origin) {
        this.bands = new Bands<>(origin, Happening.class);
    }

    private static final class Building {
        private String process = "";
        private String key = "";
        private String version = "";
        private @Nullable Duration accepted;
        private int gaveUp;
        private int retried;
        private @Nullable Duration applied;
        private int applies;
        private boolean superseded;
        private String supersededBy = "";
    }

    void accept(TimelineEvent event, Duration at) {
        Details details = Details.of(event);
        happening(event.type(), details).ifPresent(happening -> {
            totals.merge(happening, 1L, Long::sum);
            bands.add(at, happening);
            operation(details).ifPresent(operation -> note(operation, happening, details, at));
        });
    }

    private static Optional<Happening> happening(String type, Details details) {
        return switch (type) {
            case EventType.WORK_OPERATION ->
                switch (details.text("phase")) {
                    case "ok" -> Optional.of(Happening.ACCEPTED);
                    case "fail" -> Optional.of(Happening.REFUSED);
                    case "info" -> Optional.of(Happening.UNKNOWN);
                    default -> Optional.empty();
                };
            case EventType.WORK_JOB ->
                switch (details.text("state")) {
                    case "failed" -> Optional.of(Happening.GAVE_UP);
                    case "retried" -> Optional.of(Happening.RETRIED);
                    case "superseded" -> Optional.of(Happening.SUPERSEDED);
                    default -> Optional.empty();
                };
            case EventType.WORK_APPLIED ->
                switch (details.text("action")) {
                    case "applied" -> Optional.of(Happening.APPLIED);
                    case "duplicate" -> Optional.of(Happening.DUPLICATE);
                    case "stale" -> Optional.of(Happening.STALE);
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    private Optional<Building> operation(Details details) {
        String change = details.text("change");
        if (change.isEmpty()) {
            return Optional.empty();
        }
        if (!operations.containsKey(change) && operations.size() >= KEPT) {
            more++;
            return Optional.empty();
        }
        return Optional.of(operations.computeIfAbsent(change, unseen -> new Building()));
    }

    private static void note(Building operation, Happening happening, Details details, Duration at) {
        operation.process = operation.process.isEmpty() ? details.text("process") : operation.process;
        operation.key = operation.key.isEmpty() ? details.text("key") : operation.key;
        operation.version = details.text("version").isEmpty() ? operation.version : details.text("version");
        switch (happening) {
            case ACCEPTED -> operation.accepted = at;
            case GAVE_UP -> operation.gaveUp++;
            case RETRIED -> operation.retried++;
            case APPLIED -> {
                operation.applies++;
                operation.applied = operation.applied == null ? at : operation.applied;
            }
            case SUPERSEDED -> {
                operation.superseded = true;
                operation.supersededBy = details.firstText("supersededBy", "detail");
            }
            case STALE -> {
                operation.superseded = true;
                operation.supersededBy = operation.supersededBy.isEmpty() ? "a newer version" : operation.supersededBy;
            }
            default -> {
                // the others are only counted
            }
        }
    }

    WorkRecord result() {
        List<Operation> result = new ArrayList<>();
        operations.forEach((id, each) -> result.add(new Operation(
                id,
                each.process,
                each.key,
                each.version,
                each.accepted,
                each.gaveUp,
                each.retried,
                each.applied,
                each.applies,
                each.superseded,
                each.supersededBy)));
        return new WorkRecord(totals, result, more, bands.list());
    }
}

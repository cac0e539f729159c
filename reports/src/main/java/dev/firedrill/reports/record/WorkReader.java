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

/**
 * Follows changes by the source's id, from the source's yes to the target's log of applies. The target may tell of a
 * change before its source has answered, and of changes that others made: the latter are only counted.
 */
final class WorkReader {
    private static final int KEPT = 2000;

    private final Bands<Happening> bands;
    private final Map<Happening, Long> totals = new EnumMap<>(Happening.class);
    private final Map<String, Building> operations = new LinkedHashMap<>();
    private long more;

    WorkReader(Duration origin) {
        this.bands = new Bands<>(origin, Happening.class);
    }

    private record Seen(Happening happening, Duration at) {}

    private static final class Building {
        private String window = "";
        private String key = "";
        private String version = "";
        private @Nullable Duration accepted;
        private @Nullable Duration applied;
        private @Nullable Duration stale;
        private int applies;
        private final List<Seen> early = new ArrayList<>(); // before the source said yes
    }

    void accept(TimelineEvent event, Duration at) {
        Details details = Details.of(event);
        happening(event.type(), details).ifPresent(happening -> {
            Optional<Building> operation = operation(details);
            operation.ifPresent(building -> note(building, happening, details, at));
            if (operation.isPresent()
                    && operation.get().accepted == null
                    && details.text("operation").isEmpty()) {
                operation.get().early.add(new Seen(happening, at));
            } else {
                count(happening, at);
            }
        });
    }

    private void count(Happening happening, Duration at) {
        totals.merge(happening, 1L, Long::sum);
        bands.add(at, happening);
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

    private void note(Building operation, Happening happening, Details details, Duration at) {
        operation.window = operation.window.isEmpty() ? details.text("window") : operation.window;
        operation.key = operation.key.isEmpty() ? details.text("key") : operation.key;
        operation.version = details.text("version").isEmpty() ? operation.version : details.text("version");
        switch (happening) {
            case ACCEPTED -> {
                operation.accepted = at;
                operation.early.forEach(seen -> count(seen.happening(), seen.at()));
                operation.early.clear();
            }
            case APPLIED -> {
                operation.applies++;
                operation.applied = operation.applied == null ? at : operation.applied;
            }
            case STALE -> operation.stale = operation.stale == null ? at : operation.stale;
            default -> {
                // the others are only counted
            }
        }
    }

    WorkRecord result() {
        List<Operation> result = new ArrayList<>();
        long others = 0;
        for (Map.Entry<String, Building> entry : operations.entrySet()) {
            Building each = entry.getValue();
            if (each.accepted == null && !each.early.isEmpty()) {
                others += each.early.size();
                continue;
            }
            result.add(new Operation(
                    entry.getKey(),
                    each.window,
                    each.key,
                    each.version,
                    each.accepted,
                    each.applied,
                    each.applies,
                    each.stale,
                    each.applied == null && each.stale != null ? newer(each) : ""));
        }
        return new WorkRecord(totals, others, result, more, bands.list());
    }

    /** The version that took its place: the newest of its key that was applied by then. */
    private String newer(Building superseded) {
        return operations.values().stream()
                .filter(each -> each.key.equals(superseded.key) && each.applied != null)
                .map(each -> each.version)
                .filter(version -> number(version) > number(superseded.version))
                .max((one, other) -> Long.compare(number(one), number(other)))
                .map(version -> "version " + version)
                .orElse("a newer version");
    }

    private static long number(String version) {
        try {
            return (long) Double.parseDouble(version);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}

package dev.firedrill.reports.record;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Delayed work: changes that the source accepted, and what became of them at the target.
 *
 * @param totals how often each thing happened to changes of this drill
 * @param others how many events at the target were of changes that nobody in this drill made
 * @param operations the first operations, one by one
 * @param moreOperations how many are left out of {@code operations}
 * @param bands what happened when
 */
public record WorkRecord(
        Map<Happening, Long> totals,
        long others,
        List<Operation> operations,
        long moreOperations,
        List<Band<WorkRecord.Happening>> bands) {
    public WorkRecord {
        totals = Map.copyOf(totals);
        operations = List.copyOf(operations);
        bands = List.copyOf(bands);
    }

    /** What can happen to an operation. */
    public enum Happening {
        ACCEPTED("accepted"),
        REFUSED("refused"),
        UNKNOWN("of unknown outcome"),
        APPLIED("applied"),
        DUPLICATE("refused as duplicate"),
        STALE("refused as older");

        private final String word;

        Happening(String word) {
            this.word = word;
        }

        /** For people. */
        public String word() {
            return word;
        }
    }

    /**
     * One change and its way.
     *
     * @param acceptedOrNull when the source said yes
     * @param appliedOrNull when the target first applied it
     * @param staleOrNull when the target first refused it, since it had a newer version
     * @param supersededBy the newer version that took its place, or empty
     */
    public record Operation(
            String id,
            String window,
            String key,
            String version,
            @Nullable Duration acceptedOrNull,
            @Nullable Duration appliedOrNull,
            int applies,
            @Nullable Duration staleOrNull,
            String supersededBy) {
        /** When it was applied, or found superseded; absent as long as it is neither. */
        public @Nullable Duration settledOrNull() {
            return appliedOrNull == null ? staleOrNull : appliedOrNull;
        }

        /** Whether it was accepted and is neither applied nor superseded. */
        public boolean isLost() {
            return acceptedOrNull != null && settledOrNull() == null;
        }
    }

    public long total(Happening happening) {
        return totals.getOrDefault(happening, 0L);
    }

    /** Accepted changes that were neither applied nor superseded when the drill ended. */
    public long outstanding() {
        return operations.stream().filter(Operation::isLost).count();
    }

    public boolean isEmpty() {
        return totals.values().stream().allMatch(count -> count == 0);
    }
}

package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a replay, taken from its journal: a duration, or a number.
 *
 * @param name short and stable, in lower case with dashes: {@code time-to-page}
 * @param label for people: {@code time to page}
 * @param unit {@code ms} for a duration, else what is counted
 * @param recordOrNull the same figure in the record of the incident; null where it has none
 * @param value takes it; in milliseconds if the unit is {@code ms}; empty where it never came to it
 * @param unscaled the same as it would be at the intervals of the real system; empty where scaling does not apply
 * @param note what a reader should know; may be empty
 */
public record Figure(
        String name,
        String label,
        String unit,
        @Nullable Duration recordOrNull,
        Function<List<TimelineEvent>, Optional<Long>> value,
        Function<List<TimelineEvent>, Optional<Duration>> unscaled,
        String note) {
    public Figure {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(unscaled, "unscaled");
        Objects.requireNonNull(note, "note");
    }

    public Optional<Duration> record() {
        return Optional.ofNullable(recordOrNull);
    }
}

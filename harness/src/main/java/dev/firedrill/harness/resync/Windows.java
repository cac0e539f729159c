package dev.firedrill.harness.resync;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parts of a drill that must each hold an accepted change of one same key, or there is no verdict: before, during
 * and after an outage.
 *
 * @param names as given to {@link Workload#edit}; at least one
 */
public record Windows(List<String> names) {
    /** What a drill with one outage has. */
    public static final Windows BEFORE_DURING_AFTER = of("before", "during", "after");

    public Windows {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("at least one window is needed, or nothing could be starved");
        }
    }

    public static Windows of(String... names) {
        return new Windows(List.of(names));
    }

    /** Why nothing can be said, if so. */
    Optional<String> starved(WorkHistory history) {
        for (String name : names) {
            if (history.accepted(name).isEmpty()) {
                return Optional.of("no change was accepted in window '" + name + "'");
            }
        }
        Set<String> common = new TreeSet<>(history.keys());
        for (String name : names) {
            common.removeIf(key -> history.accepted(name).stream()
                    .noneMatch(operation -> operation.key().equals(key)));
        }
        return common.isEmpty()
                ? Optional.of("no key was changed in all of the windows " + String.join(", ", names))
                : Optional.empty();
    }
}

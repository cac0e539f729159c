package dev.firedrill.harness.incident;

import java.util.List;
import java.util.Set;

/**
 * Under which remedies something is part of a replay.
 *
 * @param when all of these must be on
 * @param unless none of these may be on
 */
public record Condition(List<String> when, List<String> unless) {
    static final Condition ALWAYS = new Condition(List.of(), List.of());

    public Condition {
        when = List.copyOf(when);
        unless = List.copyOf(unless);
    }

    /** Whether it holds with these remedies switched on. */
    public boolean holds(Set<String> on) {
        return on.containsAll(when) && unless.stream().noneMatch(on::contains);
    }
}

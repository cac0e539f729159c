package dev.firedrill.harness.drill;

import dev.firedrill.harness.resync.WorkSource;
import dev.firedrill.harness.resync.WorkTarget;
import java.util.List;
import java.util.Objects;

/**
 * Both ends of a system's delayed work.
 *
 * @param source where changes are made
 * @param target where they must arrive
 * @param keys the things that may be edited
 */
public record DelayedWork(WorkSource source, WorkTarget target, List<String> keys) {
    public DelayedWork {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        keys = List.copyOf(keys);
    }
}

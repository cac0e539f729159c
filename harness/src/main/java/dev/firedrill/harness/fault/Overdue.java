package dev.firedrill.harness.fault;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which faults end when the time of some of them is over: those, and whatever was laid over them since. What lies below
 * cannot be put back while something of the same object lies above it.
 */
final class Overdue {
    private Overdue() {}

    /**
     * Those that end.
     *
     * @param all in the order in which they were injected
     * @return last first, as they must be put back
     */
    static <T> List<T> of(Collection<T> all, Predicate<T> isOver, Function<T, List<Change>> changes) {
        Deque<T> ending = new ArrayDeque<>();
        Set<ObjectRef> touched = new HashSet<>();
        for (T each : all) {
            Set<ObjectRef> targets =
                    changes.apply(each).stream().map(Change::target).collect(Collectors.toSet());
            if (isOver.test(each) || targets.stream().anyMatch(touched::contains)) {
                ending.addFirst(each);
                touched.addAll(targets);
            }
        }
        return List.copyOf(ending);
    }
}

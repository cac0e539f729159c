package dev.firedrill.harness.agent;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Requests that must not be carried out twice: one that arrives again, since its answer was lost on the way, gets the
 * answer of the first. Used on one event loop.
 *
 * @param <T> an answer
 */
final class Repeats<T> {
    /** Longer than whoever asks goes on trying. */
    private static final Duration KEPT = Duration.ofMinutes(2);

    private final long begun = System.nanoTime();
    private final Map<String, Kept<T>> kept = new LinkedHashMap<>();

    /**
     * Carries out a request, or yields what came of it before.
     *
     * @param id of the request, the same each time that it is sent
     * @param underWay for how long it may have been on its way: since it was first sent and may have arrived
     * @return fails with {@link Unknown} if it may have arrived before this agent was there
     */
    Future<T> once(String id, Duration underWay, Supplier<Future<T>> action) {
        long now = System.nanoTime();
        kept.values().removeIf(old -> now - old.since() > KEPT.toNanos());
        Kept<T> before = kept.get(id);
        if (before != null) {
            return before.answer();
        }
        if (underWay.toNanos() > now - begun) {
            return Future.failedFuture(new Unknown());
        }
        Future<T> answer = action.get();
        kept.put(id, new Kept<>(answer, now));
        return answer;
    }

    private record Kept<T>(Future<T> answer, long since) {}

    /** An agent that is no more may have carried it out. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super("the agent was started anew while it was asked; whether it had sent the request is not known");
        }
    }
}

package dev.firedrill.harness.agent;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Sends the requests of some plans on their schedule, whatever became of those before: the same in the agent and in
 * the harness. A tick that comes more than an interval late is a missed sample, since sending it then would ask
 * something else.
 */
public final class OpenLoopProber implements AutoCloseable {
    private final Vertx vertx;
    private final LostTime lost;
    private final List<ProbeLoop> loops;

    private OpenLoopProber(Vertx vertx, LostTime lost, List<ProbeLoop> loops) {
        this.vertx = vertx;
        this.lost = lost;
        this.loops = loops;
    }

    /**
     * Begins.
     *
     * @param sink takes each sample; a tick counts as done when what it returns is completed
     */
    public static OpenLoopProber start(
            Vertx vertx, Collection<ProbePlan> plans, Function<ProbeSample, CompletionStage<?>> sink) {
        return start(vertx, plans, sink, MachineLoad.ofThisMachine());
    }

    static OpenLoopProber start(
            Vertx vertx,
            Collection<ProbePlan> plans,
            Function<ProbeSample, CompletionStage<?>> sink,
            MachineLoad machine) {
        Duration longest = plans.stream()
                .map(OpenLoopProber::longest)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        LostTime lost = new LostTime(machine, longest);
        List<ProbeLoop> loops = plans.stream()
                .map(plan -> new ProbeLoop(vertx, plan, sink, Clock.systemUTC().instant(), lost))
                .toList();
        if (!loops.isEmpty()) {
            lost.follow(vertx);
        }
        loops.forEach(ProbeLoop::start);
        return new OpenLoopProber(vertx, lost, loops);
    }

    /** The longest that a request may take until it is known what became of it, on whatever machine. */
    public static Duration longest(ProbePlan plan) {
        return plan.timeout().plus(ProbeLoop.grace(plan));
    }

    /** Whether it has no plans. */
    boolean isIdle() {
        return loops.isEmpty();
    }

    /** Every tick intended before this moment is done; without plans, or when it has stopped, that is now. */
    public Instant completeUntil() {
        return loops.stream()
                .filter(loop -> !loop.hasStopped())
                .map(ProbeLoop::completeUntil)
                .min(Comparator.naturalOrder())
                .orElseGet(Instant::now);
    }

    /** Sends nothing more; completes when the requests under way are done. */
    public CompletableFuture<Void> stop() {
        return CompletableFuture.allOf(loops.stream().map(ProbeLoop::stop).toArray(CompletableFuture[]::new))
                .thenRun(() -> lost.end(vertx));
    }

    @Override
    public void close() {
        stop().join();
    }
}

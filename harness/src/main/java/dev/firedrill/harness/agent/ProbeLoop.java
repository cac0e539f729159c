package dev.firedrill.harness.agent;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The schedule of one plan. Everything of it runs on one event loop; what is asked from outside is guarded. */
final class ProbeLoop {
    private static final int GRACE = 3;
    private static final int WORTH_SAYING_MILLIS = 100;

    private final Vertx vertx;
    private final Context context;
    private final ProbePlan plan;
    private final ProbeRequest request;
    private final Function<ProbeSample, CompletionStage<?>> sink;
    private final Instant origin;
    private final long originNanos = System.nanoTime();
    private final long interval;
    private final Deque<Tick> open = new ArrayDeque<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final LostTime lost;
    private long next;
    private boolean stopping;

    ProbeLoop(
            Vertx vertx,
            ProbePlan plan,
            Function<ProbeSample, CompletionStage<?>> sink,
            Instant origin,
            LostTime lost) {
        this.lost = lost;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.plan = plan;
        this.request = new ProbeRequest(vertx, plan);
        this.sink = sink;
        this.origin = origin;
        this.interval = plan.interval().toNanos();
    }

    void start() {
        context.runOnContext(none -> turn());
    }

    boolean hasStopped() {
        return stopped.isDone();
    }

    /** The earliest tick that is not done. */
    synchronized Instant completeUntil() {
        Tick oldest = open() == 0 ? null : open.peekFirst();
        return origin.plusNanos((oldest == null ? next : oldest.number) * interval);
    }

    /** The number of ticks that are not done, or stand behind one that is not. */
    private synchronized int open() {
        for (Tick oldest = open.peekFirst(); oldest != null && oldest.done; oldest = open.peekFirst()) {
            open.removeFirst();
        }
        return open.size();
    }

    synchronized CompletableFuture<Void> stop() {
        if (!stopping) {
            stopping = true;
            context.runOnContext(none -> endIfIdle());
        }
        return stopped;
    }

    /** Handles every tick that is due, and comes back for the next. */
    private void turn() {
        long now = System.nanoTime() - originNanos;
        while (!isStopping() && next * interval <= now) {
            Tick tick = take();
            long late = now - tick.number * interval;
            if (late > interval) {
                finish(tick, missed(tick, late, "the prober was too late for this tick"));
            } else {
                send(tick);
            }
        }
        if (!isStopping()) {
            long wait = TimeUnit.NANOSECONDS.toMillis(next * interval - (System.nanoTime() - originNanos));
            vertx.setTimer(Math.max(1, wait), timer -> turn());
        }
    }

    private void send(Tick tick) {
        long sent = System.nanoTime();
        request.send(() -> allowed(tick, sent)).onComplete(result -> {
            long now = System.nanoTime();
            long latency = now - originNanos - tick.number * interval;
            if (tick.overdue && result.succeeded()) {
                finish(tick, missed(tick, latency, "the machine was overloaded while the answer was on its way"));
            } else if (result.succeeded()) {
                HttpExchange.Answer answer = result.result();
                String complaint = plan.expectation()
                        .complaint(answer.status(), answer.body())
                        .orElse("");
                ProbeSample.Outcome outcome = complaint.isEmpty() ? ProbeSample.Outcome.OK : ProbeSample.Outcome.FAILED;
                finish(tick, sample(tick, outcome, latency, answer.status(), complaint));
            } else if (tick.overdue && result.cause() instanceof TimeoutException) {
                // Not even then: it was not answered when its time was over, whatever the machine did besides.
                long due = sent + plan.timeout().toNanos() - originNanos - tick.number * interval;
                long more = TimeUnit.NANOSECONDS.toMillis(latency - due);
                String why = FetchDesk.words(result.cause())
                        + (more < WORTH_SAYING_MILLIS ? "" : ", nor in " + more + " ms more, given to a busy machine");
                finish(tick, sample(tick, ProbeSample.Outcome.FAILED, due, 0, why));
            } else if (stoodStill(result.cause(), now - sent)) {
                finish(tick, missed(tick, latency, "the prober stood still while it waited for the answer"));
            } else {
                finish(tick, sample(tick, ProbeSample.Outcome.FAILED, latency, 0, FetchDesk.words(result.cause())));
            }
        });
    }

    /**
     * How long to go on waiting for an answer that is late: while the machine let programs stand still, the time that
     * is allowed does not pass. So a target that hangs is told from a machine that is busy.
     */
    private Duration allowed(Tick tick, long sent) {
        Duration excused = lost.since(sent);
        Duration most = grace(plan);
        Duration over = Duration.ofNanos(System.nanoTime() - sent).minus(plan.timeout());
        Duration left = (excused.compareTo(most) < 0 ? excused : most).minus(over);
        tick.overdue |= left.toMillis() > 0;
        return left;
    }

    /** How much longer a late answer is waited for at the most, on whatever machine. */
    static Duration grace(ProbePlan plan) {
        return plan.timeout().multipliedBy(GRACE);
    }

    /** Whether a timeout was noticed so late that the answer may have been waiting here to be read. */
    private boolean stoodStill(Throwable failure, long took) {
        long timeout = plan.timeout().toNanos();
        return failure instanceof TimeoutException && took - timeout > Math.max(interval, timeout / 2);
    }

    private void finish(Tick tick, ProbeSample sample) {
        sink.apply(sample).whenComplete((none, failure) -> {
            synchronized (this) {
                tick.done = true;
            }
            context.runOnContext(ignored -> endIfIdle());
        });
    }

    private void endIfIdle() {
        if (isStopping() && open() == 0 && stopped.complete(null)) {
            request.close();
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized Tick take() {
        Tick tick = new Tick(next++);
        open.addLast(tick);
        return tick;
    }

    private ProbeSample missed(Tick tick, long nanos, String why) {
        return sample(
                tick,
                ProbeSample.Outcome.MISSED,
                nanos,
                0,
                why + ": " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms late");
    }

    private ProbeSample sample(Tick tick, ProbeSample.Outcome outcome, long latency, int status, String detail) {
        Instant intended = origin.plusNanos(tick.number * interval);
        return new ProbeSample(plan.name(), intended, outcome, Duration.ofNanos(latency), status, detail);
    }

    private static final class Tick {
        final long number;
        boolean done;
        boolean overdue;

        Tick(long number) {
            this.number = number;
        }
    }
}

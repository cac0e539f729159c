package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.embedded.kubelet.HandlerActions.Outcome;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats one probe of one run of a container and reports each result that counts.
 *
 * <p>An <em>eager</em> probe is also tried ten times a second until it succeeds for the first time, so that a pod is
 * Ready
 * when it is, not up to a period later; those tries count only if they succeed. All else is as on any node.
 */
final class ProbeWorker {
    private static final Duration EAGER_PERIOD = Duration.ofMillis(100);
    private static final int DEFAULT_PERIOD = 10;

    private final NodeContext context;
    private final Lane lane;
    private final Supplier<CompletableFuture<Outcome>> action;
    private final Consumer<Result> listener;
    private final ProbeVerdicts verdicts;
    private final Duration initialDelay;
    private final Duration period;
    private boolean eager;
    private boolean stopped;
    private Duration countFrom = Duration.ZERO;

    /**
     * One result that counts.
     *
     * @param decision what the row of results has decided, if it has
     */
    record Result(Outcome outcome, Optional<Boolean> decision) {}

    /** @param lane where the probe's own bookkeeping and the listener run */
    ProbeWorker(
            NodeContext context,
            Lane lane,
            Probe probe,
            boolean eager,
            Supplier<CompletableFuture<Outcome>> action,
            Consumer<Result> listener) {
        this.context = context;
        this.lane = lane;
        this.eager = eager;
        this.action = action;
        this.listener = listener;
        this.verdicts = new ProbeVerdicts(probe);
        this.initialDelay = seconds(probe.getInitialDelaySeconds(), 0);
        this.period = period(probe.getPeriodSeconds());
    }

    /** None at all would be a loop without a pause: that is the default, too. */
    private static Duration period(@Nullable Integer seconds) {
        return Duration.ofSeconds(seconds == null || seconds < 1 ? DEFAULT_PERIOD : seconds);
    }

    static Duration seconds(@Nullable Integer value, int otherwise) {
        return Duration.ofSeconds(value == null ? otherwise : value);
    }

    /** Starts after the initial delay; a failure counts once a period has passed since. */
    void start() {
        countFrom = context.now().plus(initialDelay).plus(period);
        context.after(eager ? initialDelay : initialDelay.plus(period), lane, this::attempt);
    }

    void stop() {
        stopped = true;
    }

    private void attempt() {
        if (stopped) {
            return;
        }
        Duration began = context.now();
        var unused = action.get()
                .whenComplete((outcome, problem) -> lane.execute(() -> {
                    Outcome known = problem == null ? outcome : new Outcome(false, String.valueOf(cause(problem)));
                    finish(known, began);
                }));
    }

    private static Throwable cause(Throwable problem) {
        return problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
    }

    private void finish(Outcome outcome, Duration began) {
        if (stopped) {
            return;
        }
        boolean counts = outcome.success() || context.now().compareTo(countFrom) >= 0;
        if (counts) {
            countFrom = began.plus(period);
            eager &= !outcome.success();
            listener.accept(new Result(outcome, verdicts.add(outcome.success())));
        }
        Duration next = began.plus(eager ? EAGER_PERIOD : period).minus(context.now());
        if (!stopped) {
            context.after(next, lane, this::attempt);
        }
    }
}

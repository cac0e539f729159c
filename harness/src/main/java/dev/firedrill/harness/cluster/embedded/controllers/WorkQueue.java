package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that a controller has yet to look at. A key waits at most once, is worked on by one thread at a time, is
 * looked at again if it changed meanwhile, and comes back after a growing delay if its reconciler threw.
 */
final class WorkQueue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkQueue.class);
    private static final long FIRST_DELAY_MILLIS = 5;
    private static final long LONGEST_DELAY_MILLIS = 10_000;
    private static final int CONFLICT = 409;

    private enum Stage {
        WAITING,
        WORKING,
        WORKING_AND_CHANGED
    }

    private record Alarm(long dueNanos, ScheduledFuture<?> timer) {}

    private final String name;
    private final Executor workers;
    private final ScheduledExecutorService timers;
    private final Reconciler reconciler;
    private final Object lock = new Object();
    private final Map<ObjectKey, Stage> stages = new HashMap<>();
    private final Map<ObjectKey, Integer> failures = new HashMap<>();
    private final Map<ObjectKey, Alarm> alarms = new HashMap<>();
    private boolean open;
    private boolean closed;

    WorkQueue(String name, Executor workers, ScheduledExecutorService timers, Reconciler reconciler) {
        this.name = name;
        this.workers = workers;
        this.timers = timers;
        this.reconciler = reconciler;
    }

    /** Lets work begin; keys that were added earlier have waited for this. */
    void open() {
        synchronized (lock) {
            open = true;
            stages.keySet().forEach(this::dispatch);
        }
    }

    void add(ObjectKey key) {
        synchronized (lock) {
            Stage stage = stages.get(key);
            if (stage == null && !closed) {
                stages.put(key, Stage.WAITING);
                if (open) {
                    dispatch(key);
                }
            } else if (stage == Stage.WORKING) {
                stages.put(key, Stage.WORKING_AND_CHANGED);
            }
        }
    }

    /** Adds a key later; of several calls for one key the earliest counts. */
    void addAfter(ObjectKey key, Duration delay) {
        long nanos = Math.max(0, delay.toNanos());
        long due = System.nanoTime() + nanos;
        synchronized (lock) {
            Alarm earlier = alarms.get(key);
            if (closed || (earlier != null && earlier.dueNanos - due <= 0)) {
                return;
            }
            if (earlier != null) {
                earlier.timer.cancel(false);
            }
            try {
                alarms.put(key, new Alarm(due, timers.schedule(() -> ring(key, due), nanos, TimeUnit.NANOSECONDS)));
            } catch (RejectedExecutionException ending) {
                log.debug("{}: {} is not looked at again, since the controllers end", name, key);
            }
        }
    }

    private void ring(ObjectKey key, long due) {
        synchronized (lock) {
            Alarm alarm = alarms.get(key);
            if (alarm != null && alarm.dueNanos == due) {
                alarms.remove(key);
            }
        }
        add(key);
    }

    private void dispatch(ObjectKey key) {
        try {
            workers.execute(() -> work(key));
        } catch (RejectedExecutionException ending) {
            log.debug("{}: {} is dropped, since the controllers end", name, key);
        }
    }

    private void work(ObjectKey key) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            stages.put(key, Stage.WORKING);
        }
        RuntimeException failure = null;
        Optional<Duration> again = Optional.empty();
        try {
            again = reconciler.reconcile(key);
        } catch (RuntimeException e) {
            failure = e;
        }
        finish(key, failure, again);
    }

    private void finish(ObjectKey key, @Nullable RuntimeException failure, Optional<Duration> again) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            boolean changed = stages.remove(key) == Stage.WORKING_AND_CHANGED;
            if (failure == null) {
                failures.remove(key);
                again.ifPresent(delay -> addAfter(key, delay));
            } else {
                int times = failures.merge(key, 1, Integer::sum);
                report(key, failure, times);
                addAfter(key, Duration.ofMillis(delayMillis(times)));
            }
            if (changed) {
                add(key);
            }
        }
    }

    private void report(ObjectKey key, RuntimeException failure, int times) {
        boolean overtaken = failure instanceof KubernetesClientException e
                && (e.getCode() == CONFLICT
                        || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                        || isInNamespaceThatEnds(e));
        if (overtaken && times < 10) {
            log.debug("{}: {} was changed or deleted by somebody else meanwhile", name, key);
        } else if (times == 1) {
            log.debug("{}: {} failed once, will be tried again", name, key, failure);
        } else {
            log.warn("{}: {} failed {} times, will be tried again", name, key, times, failure);
        }
    }

    private static boolean isInNamespaceThatEnds(KubernetesClientException refused) {
        return Optional.ofNullable(refused.getStatus())
                .map(Status::getDetails)
                .map(StatusDetails::getCauses)
                .filter(causes -> causes.stream().anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason())))
                .isPresent();
    }

    private static long delayMillis(int times) {
        return Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(times - 1, 20));
    }

    /** No key is taken up any more; a reconciler that is at work runs to its end. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            alarms.values().forEach(alarm -> alarm.timer.cancel(false));
            alarms.clear();
            stages.clear();
        }
    }
}

package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.HealingException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the faults of an engine that have lasted as long as they may, while the harness lives. When it is gone, the
 * {@link DeadMansSwitch} does it. One thing at a time: nothing is put back while a plan is being carried out.
 */
final class Expiry {
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
    private static final long AGAIN_MILLIS = 2000;

    private final FaultScene scene;
    private final FaultJournal told;
    private final Function<Injection, List<String>> undo;
    private final Map<String, Armed> armed = new LinkedHashMap<>();
    private final Map<String, List<String>> ended = new HashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "fault-expiry");
        thread.setDaemon(true);
        return thread;
    });

    private boolean ending;

    private record Armed(Injection injection, Duration until) {}

    Expiry(FaultScene scene, FaultJournal told, Function<Injection, List<String>> undo) {
        this.scene = scene;
        this.told = told;
        this.undo = undo;
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** From now on its time runs. */
    synchronized void arm(Injection injection) {
        armed.put(
                injection.id(),
                new Armed(injection, scene.journal().clock().elapsed().plus(scene.longest())));
        lookIn(scene.longest().toMillis());
    }

    /** Does something while nothing ends. */
    synchronized void inTurn(Runnable something) {
        something.run();
    }

    /** Puts one back, unless it has ended by itself: then that has been done. */
    synchronized List<String> undo(Injection injection) {
        List<String> before = ended.get(injection.id());
        return before == null ? undo.apply(injection) : before;
    }

    /**
     * It was put back.
     *
     * @param kept whether its record was still there; if not, and its time is over, the cluster has ended it before
     */
    synchronized void disarm(Injection injection, boolean kept) {
        Armed was = armed.remove(injection.id());
        if (was != null && (ending || (isOver(was) && !kept))) {
            told.expired(injection, kept ? "harness" : "cluster");
        }
    }

    private synchronized void look() {
        List<Armed> over = Overdue.of(
                armed.values(), this::isOver, each -> each.injection().plan().changes());
        for (Armed each : over) {
            try {
                end(each.injection());
            } catch (HealingException | KubernetesClientException e) {
                LOG.warn("the time of {} is over: {}", each.injection().name(), e.getMessage());
                lookIn(AGAIN_MILLIS);
            }
        }
    }

    private void end(Injection injection) {
        ending = true;
        try {
            ended.put(injection.id(), undo.apply(injection));
        } finally {
            ending = false;
        }
        injection
                .plan()
                .settling()
                .flatMap(settling -> Healer.settle(scene.objects(), settling))
                .ifPresent(conflict -> LOG.warn("{}: {}", injection.name(), conflict));
    }

    private boolean isOver(Armed each) {
        return scene.journal().clock().elapsed().compareTo(each.until()) >= 0;
    }

    private void lookIn(long millis) {
        var unused = timer.schedule(this::look, millis, TimeUnit.MILLISECONDS);
    }
}

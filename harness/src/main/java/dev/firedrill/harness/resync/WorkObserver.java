package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ProvisioningException;
import dev.firedrill.harness.timeline.Journal;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Follows a target: reads its log of applies and its public content, and writes what changed into the journal. Entries
 * that were in the log before {@link #start} are not the drill's and are left out. That it looked and saw nothing new
 * is written too, since without it "nothing arrived" could not be told from "nobody looked".
 */
public final class WorkObserver implements AutoCloseable {
    private static final Duration STILL_LOOKING = Duration.ofSeconds(1);
    private static final Duration ROUTES_FOLLOW = Duration.ofSeconds(15);
    private static final Duration TRY_AGAIN = Duration.ofMillis(50);

    private final WorkTarget target;
    private final Journal journal;
    private final List<String> keys;
    private final ScheduledExecutorService poller;
    private final Map<String, Optional<Content>> served = new HashMap<>();
    private long cursor;
    private long looks;
    private Duration toldAt = Duration.ZERO;
    private boolean toldOk;

    private WorkObserver(WorkTarget target, Journal journal, List<String> keys) {
        this.target = target;
        this.journal = journal;
        this.keys = List.copyOf(keys);
        this.poller = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "firedrill-work-observer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to follow a target. One that cannot be read yet is tried again for 15 s: nodes route a Service to its
     * endpoints a moment after a Deployment is told to be ready, and refuse connections to it until then.
     *
     * @param keys the things whose public content is read
     * @param interval the pause between two looks; positive
     * @throws ProvisioningException if the target cannot be read at all
     */
    public static WorkObserver start(WorkTarget target, Journal journal, List<String> keys, Duration interval) {
        return start(target, journal, keys, interval, ROUTES_FOLLOW);
    }

    static WorkObserver start(
            WorkTarget target, Journal journal, List<String> keys, Duration interval, Duration patience) {
        WorkObserver observer = new WorkObserver(target, journal, keys);
        try {
            observer.passOverWhatIsThere(patience);
        } catch (ConditionTimeoutException e) {
            observer.poller.shutdownNow();
            String why = e.getCause() == null ? "no answer" : e.getCause().getMessage();
            throw new ProvisioningException("The target of delayed work cannot be read (" + why + "); is it ready?", e);
        }
        observer.look();
        observer.poll(interval);
        return observer;
    }

    private void passOverWhatIsThere(Duration patience) {
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(TRY_AGAIN)
                .atMost(patience)
                .ignoreExceptions()
                .until(() -> {
                    readLog(entry -> {});
                    return true;
                });
    }

    private void poll(Duration interval) {
        long nanos = interval.toNanos();
        var unused = poller.scheduleWithFixedDelay(() -> lookAndTell(false), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Reads everything that is there now and says so in the journal.
     *
     * @return whether all of it could be read
     */
    public boolean look() {
        return lookAndTell(true);
    }

    private synchronized boolean lookAndTell(boolean always) {
        looks++;
        Map<String, Object> data = new LinkedHashMap<>();
        boolean ok = true;
        try {
            readLog(this::writeEntry);
            Map<String, Content> contents = target.contents(keys);
            for (String key : keys) {
                writeContent(key, Optional.ofNullable(contents.get(key)));
            }
        } catch (IOException | RuntimeException e) {
            ok = false;
            data.put("detail", String.valueOf(e.getMessage()));
        }
        Duration now = journal.clock().elapsed();
        if (always || ok != toldOk || now.minus(toldAt).compareTo(STILL_LOOKING) >= 0) {
            data.put("looks", looks);
            data.put("cursor", cursor);
            data.put("ok", ok);
            journal.append("target", EventType.WORK_OBSERVED, data);
            toldAt = now;
            toldOk = ok;
        }
        return ok;
    }

    private void readLog(Consumer<Apply> entries) throws IOException {
        for (List<Apply> page = target.appliesAfter(cursor); !page.isEmpty(); page = target.appliesAfter(cursor)) {
            for (Apply entry : page) {
                if (entry.sequence() <= cursor) {
                    throw new IOException("the target's log does not rise: entry " + entry.sequence() + " after "
                            + cursor + "; was its state lost?");
                }
                entries.accept(entry);
                cursor = entry.sequence();
            }
        }
    }

    private void writeEntry(Apply entry) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("change", entry.change());
        data.put("key", entry.key());
        data.put("version", entry.version());
        data.put("targetSequence", entry.sequence());
        data.put("action", entry.action().word());
        entry.value().ifPresent(value -> data.put("value", value));
        journal.append("target", EventType.WORK_APPLIED, data);
    }

    private void writeContent(String key, Optional<Content> now) {
        if (now.equals(served.put(key, now))) {
            return;
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("key", key);
        data.put("present", now.isPresent());
        now.ifPresent(content -> {
            data.put("version", content.version());
            data.put("value", content.value());
        });
        journal.append("target", EventType.WORK_CONTENT, data);
    }

    /**
     * Stops, after the look that is under way; what has not been seen by then stays unseen, so {@link #look} before.
     */
    @Override
    public void close() {
        poller.shutdown();
        try {
            poller.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

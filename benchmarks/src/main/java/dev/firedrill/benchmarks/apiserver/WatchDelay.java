package dev.firedrill.benchmarks.apiserver;

import dev.firedrill.benchmarks.measure.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Writes a moment into an object at a steady rate, and sees when a watch brings it: the delay is from before the
 * request is sent until the event is there, by the same clock, and so holds the write as well.
 */
final class WatchDelay {
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration STRAGGLERS = Duration.ofSeconds(10);
    private static final int FIRST_ERROR = 300;
    private static final int DIGITS = 3;
    private static final String COLLECTION = "/api/v1/namespaces/" + Population.WATCHED + "/configmaps";
    private static final Pattern SENT = Pattern.compile("\"sent\":\"(-?\\d+)\"");
    private static final Pattern REVISION = Pattern.compile("\"resourceVersion\":\"(\\d+)\"");

    private final MeasuredServer server;
    private final Requests requests;
    private final String name;

    /** @param name of the object that is written; must not exist */
    WatchDelay(MeasuredServer server, String name) {
        this.server = server;
        this.requests = server.requests();
        this.name = name;
    }

    /** Writes for a time and yields the delays in nanoseconds, one per write. */
    Histogram run(Duration time) throws IOException {
        long count = time.dividedBy(INTERVAL);
        try (TlsConnection writer = server.connect();
                TlsConnection watcher = server.connect()) {
            watcher.begin(requests.get(COLLECTION + "?watch=1&resourceVersion=" + create(writer)));
            CompletableFuture<Histogram> delays = CompletableFuture.supplyAsync(() -> read(watcher, count), task -> {
                Thread thread = new Thread(task, "watcher");
                thread.setDaemon(true);
                thread.start();
            });
            write(writer, count);
            return delays.get(STRAGGLERS.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IOException("the watch broke off", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the watch did not bring all of " + count + " changes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String create(TlsConnection writer) throws IOException {
        Matcher revision =
                REVISION.matcher(writer.text(requests.post(COLLECTION, Population.named("ConfigMap", name))));
        if (!revision.find()) {
            throw new IOException("a created object without resourceVersion");
        }
        return revision.group(1);
    }

    private void write(TlsConnection writer, long count) throws IOException {
        long start = System.nanoTime();
        for (long each = 0; each < count; each++) {
            Waiting.untilNanos(start + each * INTERVAL.toNanos());
            String body = "{\"data\":{\"sent\":\"" + System.nanoTime() + "\"}}";
            int status = writer.exchange(requests.patch(COLLECTION + "/" + name, body));
            if (status >= FIRST_ERROR) {
                throw new IOException("status " + status + " for a write that is watched");
            }
        }
    }

    private static Histogram read(TlsConnection watcher, long count) {
        Histogram delays = new Histogram(DIGITS);
        try {
            while (delays.getTotalCount() < count) {
                String events = watcher.chunk();
                long now = System.nanoTime();
                if (events.isEmpty()) {
                    throw new IOException("the watch ended after " + delays.getTotalCount() + " of " + count);
                }
                Matcher sent = SENT.matcher(events);
                while (sent.find()) {
                    delays.recordValue(Math.max(0, now - Long.parseLong(sent.group(1))));
                }
            }
            return delays;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}

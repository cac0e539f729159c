package dev.firedrill.harness.agent;

import dev.firedrill.harness.model.FiredrillException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads something of the agent in the background, by one long poll after the other, until it is closed. While the
 * agent cannot be reached it goes on trying.
 */
public final class Tail implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Duration rest;
    private final Consumer<Duration> poll;
    private final Consumer<FiredrillException> onTrouble;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Tail(String name, Duration rest, Consumer<Duration> poll, Consumer<FiredrillException> onTrouble) {
        this.rest = rest;
        this.poll = poll;
        this.onTrouble = onTrouble;
        this.thread = new Thread(this::run, "firedrill-" + name);
        thread.setDaemon(true);
    }

    /**
     * Begins.
     *
     * @param name of the thread, for people
     * @param rest between two polls, so that much that comes is not read piece by piece; may be zero
     * @param poll one long poll: waits at most as long as it is told, and takes what came
     * @param onTrouble told once when reading fails, and again only after it has worked in between
     */
    public static Tail follow(
            String name, Duration rest, Consumer<Duration> poll, Consumer<FiredrillException> onTrouble) {
        Tail tail = new Tail(name, rest, poll, onTrouble);
        tail.thread.start();
        return tail;
    }

    private void run() {
        boolean troubled = false;
        try {
            do {
                try {
                    poll.accept(WAIT);
                    troubled = false;
                } catch (FiredrillException e) {
                    if (!troubled && closed.getCount() > 0) {
                        onTrouble.accept(e);
                    }
                    troubled = true;
                }
            } while (!closed.await((troubled ? PAUSE : rest).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the reading; what a poll that is under way would have brought is left for a later reader. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.firedrill.scenarios.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C: the command's own thread is interrupted, puts back what it changed, writes its report, and only then does the
 * program end, with exit status 130.
 */
final class Interrupts {
    private static final long PATIENCE_SECONDS = 20;
    private static final CountDownLatch FINISHED = new CountDownLatch(1);

    private static volatile boolean requested;

    private Interrupts() {}

    /** Whether somebody has asked the program to end. */
    static boolean requested() {
        return requested;
    }

    /** From now on an end of the program from outside interrupts this thread and waits until it has finished. */
    static void guard(String announcement) {
        Thread command = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (FINISHED.getCount() > 0) {
                                System.err.println("firedrill: " + announcement);
                                requested = true;
                                command.interrupt();
                                awaitFinish();
                            }
                        },
                        "firedrill-interrupt"));
    }

    /** The command has done all that it had to do. */
    static void finished() {
        FINISHED.countDown();
    }

    private static void awaitFinish() {
        try {
            if (!FINISHED.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("firedrill: gave up waiting; whatever still runs is ended by its reaper");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.firedrill.harness.cluster.embedded.controllers;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The controllers' threads: daemons with a name that a thread dump shows. */
final class Threads {
    private Threads() {}

    static Thread daemon(Runnable task, String role) {
        Thread thread = new Thread(task, "firedrill-controllers-" + role);
        thread.setDaemon(true);
        return thread;
    }

    /** Waits for an executor that was shut down; interrupts its threads after this many seconds. */
    static void await(ExecutorService executor, int seconds) {
        try {
            if (!executor.awaitTermination(seconds, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

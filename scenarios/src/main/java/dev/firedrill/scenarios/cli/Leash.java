package dev.firedrill.scenarios.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Holds this JVM to the one that started it: its standard input is a pipe from there, which ends when that JVM was
 * killed. Then this one ends at once, too, and the cluster's reaper does the rest.
 */
final class Leash {
    /** Set where this JVM is on a leash. */
    static final String PROPERTY = "firedrill.leash";

    private static final int KILLED = 137;

    private Leash() {}

    /** From now on this JVM ends with its starter, if it has one. */
    static void take() {
        if (Boolean.getBoolean(PROPERTY)) {
            Thread thread = new Thread(Leash::follow, "leash");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void follow() {
        try (InputStream leash = System.in) {
            leash.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            // as good as its end
        }
        Runtime.getRuntime().halt(KILLED);
    }
}

package dev.firedrill.benchmarks.start;

import java.util.Locale;
import java.util.Optional;

/**
 * A moment in the start of a cluster, as a measured process prints it: one line {@code @ <round> <ms> <name>}.
 *
 * @param round which start of this JVM, from 1
 * @param millis since {@code Cluster.start()} was called
 * @param name what had happened
 */
record Mark(int round, double millis, String name) {
    private static final String SIGN = "@";
    private static final int PARTS = 4;

    String line() {
        return String.format(Locale.ROOT, "%s %d %.3f %s", SIGN, round, millis, name);
    }

    /** The mark of a line; empty if the line is something else. */
    static Optional<Mark> parse(String line) {
        String[] parts = line.split(" ", PARTS);
        if (parts.length < PARTS || !parts[0].equals(SIGN)) {
            return Optional.empty();
        }
        return Optional.of(new Mark(Integer.parseInt(parts[1]), Double.parseDouble(parts[2]), parts[3]));
    }
}

package dev.firedrill.benchmarks.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The memory of processes by their proportional set size: a page that several share, such as one of a class-data
 * archive, is counted once in their sum.
 *
 * <p>Source: proc(5), {@code /proc/[pid]/smaps_rollup}, {@code /proc/[pid]/cmdline}.
 */
final class ProportionalSetSize {
    private static final String FIELD = "Pss:";
    private static final String HARNESS = "harness";
    private static final String FIXTURES = "dev.firedrill.fixtures.Fixtures";
    private static final String AGENT = "dev.firedrill.harness.agent.Agent";
    private static final double BYTES_PER_KIBIBYTE = 1024;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private ProportionalSetSize() {}

    /** A process and its descendants, summed by what they are: megabytes (10<sup>6</sup> bytes) by name. */
    static Map<String, Double> megabytes(ProcessHandle root) {
        Map<String, Double> sizes = new LinkedHashMap<>();
        sizes.put(HARNESS, of(root));
        try (Stream<ProcessHandle> descendants = root.descendants()) {
            descendants.forEach(process -> sizes.merge(name(process), of(process), Double::sum));
        }
        return sizes;
    }

    private static double of(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException gone) {
            return ifGone(process, gone);
        }
    }

    /** The kernel answers "no such process" while one ends. */
    private static double ifGone(ProcessHandle process, IOException reason) {
        boolean ended = reason instanceof NoSuchFileException
                || String.valueOf(reason.getMessage()).contains("No such process")
                || !process.isAlive();
        if (ended) {
            return 0;
        }
        throw new UncheckedIOException("cannot read the memory of process " + process.pid(), reason);
    }

    /** The proportional set size in the lines of a roll-up, in megabytes; none while a process has no memory yet. */
    static double parse(List<String> lines) {
        return lines.stream()
                        .filter(line -> line.startsWith(FIELD))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                * BYTES_PER_KIBIBYTE
                / BYTES_PER_MEGABYTE;
    }

    private static String name(ProcessHandle process) {
        try {
            String text = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return name(List.of(text.split("\0", -1)));
        } catch (IOException gone) {
            return "others";
        }
    }

    /** What a command line runs: a fixture by its role, the agent, or something else. */
    static String name(List<String> command) {
        int fixture = command.indexOf(FIXTURES);
        if (fixture >= 0 && fixture + 1 < command.size()) {
            return command.get(fixture + 1);
        }
        return command.contains(AGENT) ? "agent" : "others";
    }
}

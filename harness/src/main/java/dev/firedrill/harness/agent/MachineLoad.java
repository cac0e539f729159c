package dev.firedrill.harness.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the machine had a processor to spare: an answer that comes late while it had none tells how busy the machine
 * was, not how the system behaves.
 *
 * <p>Source: Linux, proc(5), the first line of {@code /proc/stat}. Where there is none, the machine counts as idle.
 */
interface MachineLoad {
    /** From this share on nothing was left for anybody. */
    double EXHAUSTED = 0.95;

    /** What the processors have done so far. */
    record Reading(long busy, long total) {
        static final Reading NONE = new Reading(0, 0);

        /** The share of the time since an earlier reading in which they were busy: 0 to 1. */
        double since(Reading earlier) {
            long passed = total - earlier.total;
            return passed <= 0 ? 0 : (double) (busy - earlier.busy) / passed;
        }
    }

    Reading read();

    /** This machine. */
    static MachineLoad ofThisMachine() {
        return () -> read(Path.of("/proc/stat")).orElse(Reading.NONE);
    }

    private static Optional<Reading> read(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return Optional.ofNullable(lines.readLine()).flatMap(MachineLoad::parse);
        } catch (IOException noLinux) {
            return Optional.empty();
        }
    }

    /** Reads {@code cpu user nice system idle iowait irq softirq steal ...}; what was stolen counts as busy. */
    static Optional<Reading> parse(String line) {
        Matcher counts = Pattern.compile("cpu +(\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)\\b.*")
                .matcher(line);
        if (!counts.matches()) {
            return Optional.empty();
        }
        long total = 0;
        for (int i = 1; i <= counts.groupCount(); i++) {
            total += Long.parseLong(counts.group(i));
        }
        long idle = Long.parseLong(counts.group(4)) + Long.parseLong(counts.group(5));
        return Optional.of(new Reading(total - idle, total));
    }
}

package dev.firedrill.harness.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether the machine let programs run: an answer that comes late while it had no processor to spare, or everybody
 * waited for its disks, tells how busy the machine was, not how the system behaves.
 *
 * <p>Source: Linux, proc(5), the lines of {@code /proc/stat} for each processor, and Pressure Stall Information, {@code
 * /proc/pressure/io} and {@code memory}, the lines {@code full}. What is not there counts as idle.
 */
interface MachineLoad {
    /** From this share on nothing was left for anybody. */
    double EXHAUSTED = 0.95;

    /** Now. */
    Reading read();

    /** This machine. */
    static MachineLoad ofThisMachine() {
        return () -> Reading.parse(lines("/proc/stat"), lines("/proc/pressure/io"), lines("/proc/pressure/memory"));
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException noSuchKernel) {
            return List.of();
        }
    }

    /**
     * What has been so far.
     *
     * @param processors each, in the order of the kernel
     * @param stalled for how long all programs that were not idle waited for a disk at once, and for memory
     */
    record Reading(List<Processor> processors, List<Duration> stalled) {
        private static final Pattern COUNTS =
                Pattern.compile("cpu\\d+ (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)\\b.*");
        private static final Pattern STALLED = Pattern.compile("full .*\\btotal=(\\d+)");
        private static final int IDLE = 4;
        private static final int WAITING = 5;
        private static final int STOLEN = 8;

        public Reading {
            processors = List.copyOf(processors);
            stalled = List.copyOf(stalled);
        }

        /**
         * Reads lines {@code cpu0 user nice system idle iowait irq softirq steal ...} in ticks, and {@code full avg10=
         * avg60= avg300= total=} in microseconds; leaves out any other.
         */
        static Reading parse(List<String> processors, List<String> disks, List<String> memory) {
            return new Reading(
                    matches(COUNTS, processors).map(Reading::processor).toList(),
                    Stream.of(disks, memory)
                            .flatMap(lines -> matches(STALLED, lines))
                            .map(total -> Duration.of(Long.parseLong(total.group(1)), ChronoUnit.MICROS))
                            .toList());
        }

        private static Stream<Matcher> matches(Pattern pattern, List<String> lines) {
            return lines.stream().map(pattern::matcher).filter(Matcher::matches);
        }

        private static Processor processor(Matcher counts) {
            long total = 0;
            for (int i = 1; i <= counts.groupCount(); i++) {
                total += Long.parseLong(counts.group(i));
            }
            long idle = Long.parseLong(counts.group(IDLE)) + Long.parseLong(counts.group(WAITING));
            return new Processor(total - idle, Long.parseLong(counts.group(STOLEN)), total);
        }

        /**
         * The share of the time since an earlier reading, 0 to 1, in which a program may have stood still through no
         * fault of its own: all of it if nobody had a processor to spare, else as much as was stolen from one of them,
         * since whoever ran there was not moved to another meanwhile, or as everybody waited.
         *
         * @param passed the time since then, longer than zero
         */
        double lostSince(Reading earlier, Duration passed) {
            double lost = 0;
            if (earlier.processors.size() == processors.size()) {
                lost = withoutProcessor(earlier);
            }
            if (earlier.stalled.size() == stalled.size()) {
                for (int i = 0; i < stalled.size(); i++) {
                    Duration waited = stalled.get(i).minus(earlier.stalled.get(i));
                    lost = Math.max(lost, (double) waited.toNanos() / passed.toNanos());
                }
            }
            return Math.min(1, lost);
        }

        private double withoutProcessor(Reading earlier) {
            long busy = 0;
            long total = 0;
            double stolen = 0;
            for (int i = 0; i < processors.size(); i++) {
                Processor passed = processors.get(i).since(earlier.processors.get(i));
                busy += passed.busy;
                total += passed.total;
                stolen = Math.max(stolen, passed.total <= 0 ? 0 : (double) passed.stolen / passed.total);
            }
            return total > 0 && busy >= EXHAUSTED * total ? 1 : stolen;
        }
    }

    /**
     * One processor's time, in ticks of the kernel.
     *
     * @param busy with anything, or stolen
     * @param stolen given to another machine on the same hardware
     * @param total busy and idle
     */
    record Processor(long busy, long stolen, long total) {
        private Processor since(Processor earlier) {
            return new Processor(busy - earlier.busy, stolen - earlier.stolen, total - earlier.total);
        }
    }
}

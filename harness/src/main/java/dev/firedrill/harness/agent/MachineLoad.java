package dev.firedrill.harness.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the machine had a processor to spare: an answer that comes late while it had none tells how busy the machine
 * was, not how the system behaves.
 *
 * <p>Source: Linux, proc(5), the lines of {@code /proc/stat} for each processor. Where there is none, the machine counts
 * as idle.
 */
interface MachineLoad {
    /** From this share on nothing was left for anybody. */
    double EXHAUSTED = 0.95;

    /** Now. */
    Reading read();

    /** This machine. */
    static MachineLoad ofThisMachine() {
        return () -> read(Path.of("/proc/stat"));
    }

    private static Reading read(Path file) {
        try {
            return Reading.parse(Files.readAllLines(file));
        } catch (IOException noLinux) {
            return Reading.NONE;
        }
    }

    /** What each has done so far, in the order of the kernel. */
    record Reading(List<Processor> processors) {
        static final Reading NONE = new Reading(List.of());

        private static final Pattern COUNTS =
                Pattern.compile("cpu\\d+ (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)\\b.*");
        private static final int IDLE = 4;
        private static final int WAITING = 5;
        private static final int STOLEN = 8;

        public Reading {
            processors = List.copyOf(processors);
        }

        /** Reads lines {@code cpu0 user nice system idle iowait irq softirq steal ...}, and leaves out any other. */
        static Reading parse(List<String> lines) {
            List<Processor> processors = new ArrayList<>();
            for (String line : lines) {
                Matcher counts = COUNTS.matcher(line);
                if (counts.matches()) {
                    processors.add(processor(counts));
                }
            }
            return new Reading(processors);
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
         * since whoever ran there was not moved to another meanwhile.
         */
        double lostSince(Reading earlier) {
            if (earlier.processors.size() != processors.size()) {
                return 0;
            }
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

package dev.firedrill.harness.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What was seen of a probe in a window, against what its interval promises. */
record Schedule(ProbeSpec probe, List<Observation> seen, long expected) {
    /** The samples whose intended start lies in a window, its end excluded. */
    static Schedule of(ProbeSpec probe, List<Observation> all, Instant from, Instant until) {
        List<Observation> inside = all.stream()
                .filter(sample -> !sample.intendedAt().isBefore(from)
                        && sample.intendedAt().isBefore(until))
                .toList();
        Duration length = Duration.between(from, until);
        long ticks =
                length.isNegative() ? 0 : length.toNanos() / probe.interval().toNanos();
        return new Schedule(probe, inside, ticks);
    }

    List<Observation> failures() {
        return seen.stream().filter(Observation::failed).toList();
    }

    long samples() {
        return seen.stream().filter(Observation::counts).count();
    }

    /** Too little to say anything: nothing at all, or under half of what was planned. */
    boolean starved() {
        return samples() == 0 || samples() * 2 < expected;
    }

    /** {@code "12 samples of 40 planned, 3 ticks missed by the prober, 25 never recorded"}. */
    String account() {
        long missed = seen.size() - samples();
        long absent = expected - seen.size();
        return samples() + " of " + expected + " planned samples"
                + (missed > 0 ? ", " + missed + " ticks missed by the prober" : "")
                + (absent > 1 ? ", " + absent + " never recorded" : "");
    }

    /** The first failures and missed ticks, for evidence. */
    List<String> remarkable() {
        return seen.stream()
                .filter(sample -> !sample.healthy())
                .limit(20)
                .map(Observation::line)
                .toList();
    }
}

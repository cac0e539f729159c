package dev.firedrill.harness.incident;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A time in a replay: a number of the monitor's cycles, which grows and shrinks with the scale, or a duration that does
 * not.
 *
 * @param cycles how many cycles; 0 if it is a duration
 * @param fixed the duration; zero if it is cycles
 */
public record Span(int cycles, Duration fixed) {
    static final Pattern CYCLES = Pattern.compile("(\\d{1,6}) cycles?");
    static final String ALLOWED =
            "a number of cycles, as in 6 cycles, or a number with a unit of ms, s, m or h, as in 2s";

    public Span {
        Objects.requireNonNull(fixed, "fixed");
    }

    static Span cycles(int number) {
        return new Span(number, Duration.ZERO);
    }

    static Span of(Duration duration) {
        return new Span(0, duration);
    }

    /** How long it is at a scale. */
    public Duration in(Scale scale) {
        return cycles == 0 ? fixed : scale.cycles(cycles);
    }
}

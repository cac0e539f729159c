package dev.firedrill.harness.incident;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How the hours of a record become seconds. Nothing but waiting is shortened: the intervals of monitors and retries are
 * divided by a factor, an observation lasts some cycles of the monitor, and what is beyond that is skipped. What a
 * computer needs to do its work, such as delivering a page, is not scaled and cannot be.
 *
 * @param factor by how much the intervals are divided; 1 runs them as they are
 * @param interval the monitor's interval as it is in real life
 * @param failures after how many failures in a row the monitor fires
 * @param delivery what a page may take on its way, at any scale
 * @param settings the intervals that are set in the configuration of the system
 */
public record Scale(int factor, Duration interval, int failures, Duration delivery, List<ScaledSetting> settings) {
    /** The largest factor that makes sense. */
    public static final int MOST = 100_000;

    /**
     * An interval in the configuration of the system.
     *
     * @param place where it stands
     * @param real what it is in real life
     * @param asSeconds whether it is written as a number of seconds instead of a duration with a unit
     */
    public record ScaledSetting(SettingPlace place, Duration real, boolean asSeconds) {
        public ScaledSetting {
            Objects.requireNonNull(place, "place");
            Objects.requireNonNull(real, "real");
        }
    }

    public Scale {
        if (factor < 1 || factor > MOST) {
            throw new IllegalArgumentException("the factor of a scale is a number from 1 to " + MOST + ": " + factor);
        }
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(delivery, "delivery");
        settings = List.copyOf(settings);
    }

    /** The same with another factor; 1 for the intervals as they are. */
    public Scale by(int otherFactor) {
        return new Scale(otherFactor, interval, failures, delivery, settings);
    }

    /** For people: {@code 1:240}. */
    public String ratio() {
        return "1:" + factor;
    }

    /** A real interval in the replay. */
    public Duration scaled(Duration real) {
        return real.dividedBy(factor);
    }

    /** How long a number of the monitor's cycles may take, with the delivery of what it finds. */
    public Duration cycles(int number) {
        return scaled(interval).multipliedBy(number).plus(delivery);
    }

    /**
     * How long a detection that was measured in the replay would take at the real intervals: the cycles that the
     * monitor waited through are stretched, the rest is as measured.
     */
    public Duration unscaled(Duration measured) {
        double waited = Math.min((double) measured.toNanos() / scaled(interval).toNanos(), failures);
        long stretch = interval.minus(scaled(interval)).toNanos();
        return measured.plusNanos(Math.round(waited * stretch));
    }
}

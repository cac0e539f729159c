package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.ConfigurationException;
import java.time.Duration;
import java.util.Optional;

/** How long a fault may last before it ends by itself, whoever is gone. */
public final class LongestDuration {
    /** The system property that sets it, as in {@code -Dfiredrill.longest.fault=30m}. */
    public static final String PROPERTY = "firedrill.longest.fault";

    /** Where nothing else is said. */
    public static final Duration USUAL = Duration.ofHours(1);

    private static final ParameterType RANGE = ParameterType.duration(Duration.ofSeconds(1), Duration.ofHours(24));

    private LongestDuration() {}

    /**
     * What the property says; empty where it is not set.
     *
     * @throws ConfigurationException if it is no duration, or out of range
     */
    public static Optional<Duration> ofProperty() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(text -> parse("-D" + PROPERTY, text));
    }

    /** What the property says, or else the usual time. */
    public static Duration chosen() {
        return ofProperty().orElse(USUAL);
    }

    /**
     * Reads one.
     *
     * @param place where the text stands, for the message
     * @throws ConfigurationException if it is no duration, or out of range
     */
    public static Duration parse(String place, String text) {
        try {
            return (Duration) RANGE.read(text);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(place + " " + e.getMessage(), e);
        }
    }

    /** A time that is reckoned, no longer than the longest that may be set. */
    public static Duration atMost(Duration reckoned) {
        Duration most = Duration.ofHours(24);
        return reckoned.compareTo(most) > 0 ? most : reckoned;
    }
}

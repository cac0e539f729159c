package dev.firedrill.benchmarks.measure;

import java.util.Locale;

/** The units of measurements, and how many digits of one mean something. */
public enum Unit {
    SECONDS("%,.2f s"),
    MILLISECONDS("%,.1f ms"),
    FINE_MILLISECONDS("%,.3f ms"),
    PER_SECOND("%,.0f/s"),
    MEGABYTES("%,.0f MB"),
    RATIO("%,.2f"),
    PERCENT("%,.1f %%"),
    COUNT("%,.0f");

    private final String format;

    Unit(String format) {
        this.format = format;
    }

    /** A number with this unit, for people. */
    public String text(double value) {
        return String.format(Locale.ROOT, format, value);
    }
}

package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.ConfigurationException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * When a drill is run once more without its faults.
 *
 * @param mode when
 * @param records the directory of the records of placebos that held; it need not be there
 */
public record PlaceboSettings(Mode mode, Path records) {
    /** The system property: {@code true} runs every placebo, {@code false} none; unset, those without a record. */
    public static final String PROPERTY = "firedrill.placebo";

    /** The system property for the directory of records. */
    public static final String RECORDS_PROPERTY = "firedrill.placebo.records";

    /** When a placebo is run. */
    public enum Mode {
        /** Whatever a record says, and whatever came of the drill. */
        ALWAYS,
        /** If the drill passed, and there is no record of a placebo of just this drill. */
        UNLESS_RECORDED,
        /** Not at all, since nobody has asked for it; the report says so. */
        UNLESS_ASKED,
        /** Not at all, since it was switched off; the report says so. */
        OFF
    }

    public PlaceboSettings {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(records, "records");
    }

    /**
     * What the system properties ask for.
     *
     * @param otherwise if they say nothing
     * @throws ConfigurationException if the property is neither {@code true} nor {@code false}
     */
    public static PlaceboSettings chosen(Mode otherwise) {
        String asked = System.getProperty(PROPERTY, "");
        Mode mode =
                switch (asked) {
                    case "" -> otherwise;
                    case "true" -> Mode.ALWAYS;
                    case "false" -> Mode.OFF;
                    default ->
                        throw new ConfigurationException("-D" + PROPERTY + " must be true or false, not \"" + asked
                                + "\"; left out, a placebo is run unless there is a record of it");
                };
        return new PlaceboSettings(
                mode,
                Path.of(System.getProperty(
                        RECORDS_PROPERTY,
                        Path.of("target", "firedrill-placebos").toString())));
    }

    /** The same, in this mode. */
    public PlaceboSettings in(Mode other) {
        return new PlaceboSettings(other, records);
    }
}

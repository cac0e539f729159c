package dev.firedrill.harness.incident;

import dev.firedrill.harness.model.ConfigurationException;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Where something stands in an incident's file, for complaints that can be made only when the rest is known.
 *
 * @param file the file, as its reader names it
 * @param line from 1
 */
public record Place(String file, int line) {
    public Place {
        Objects.requireNonNull(file, "file");
    }

    /** A complaint about what stands here; ready to be thrown. */
    ConfigurationException wrong(String complaint) {
        return new ConfigurationException(this + ": " + complaint);
    }

    /** Does something with what stands here; a complaint about it names the place. */
    <T> T blamed(Supplier<T> work) {
        try {
            return work.get();
        } catch (ConfigurationException e) {
            throw new ConfigurationException(this + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}

package dev.firedrill.harness.drill;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a stage is to be like.
 *
 * @param namespace the namespace that is made for it
 * @param run the run's id: lower case letters, digits and dashes
 * @param directory where the run leaves its files
 * @param seed what everything random is drawn from
 * @param variants for a program its variant with a seeded bug, {@link #AGENT} for the agent's; usually none
 */
public record StageRequest(String namespace, String run, Path directory, long seed, Map<String, String> variants) {
    /** The agent among the variants. */
    public static final String AGENT = "agent";

    public StageRequest {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(directory, "directory");
        variants = Map.copyOf(variants);
    }

    /** The variants of the system's own programs. */
    Map<String, String> systemVariants() {
        Map<String, String> own = new LinkedHashMap<>(variants);
        own.remove(AGENT);
        return own;
    }
}

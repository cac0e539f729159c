package dev.firedrill.harness.incident;

import java.util.Objects;

/**
 * A place in a configuration file that is mounted from a ConfigMap.
 *
 * @param configMap the ConfigMap
 * @param key the key in it that holds the file
 * @param path where in the file: {@code retry.maxDelay}; {@code checks[BacklogOld].enabled} for the item of that name;
 *     {@code checks[*].interval} for all items
 * @param origin where the incident's file speaks of it
 */
public record SettingPlace(String configMap, String key, String path, Place origin) {
    public SettingPlace {
        Objects.requireNonNull(configMap, "configMap");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(origin, "origin");
    }
}

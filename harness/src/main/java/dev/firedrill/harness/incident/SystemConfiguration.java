package dev.firedrill.harness.incident;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.fault.configuration.ChangedSettings;
import dev.firedrill.harness.fault.configuration.ConfigurationText;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration of a system as its manifests have it: changes are tried on it before anything is started, so that a
 * setting that is not there is bad input and not a surprise in the middle of a replay.
 */
final class SystemConfiguration {
    private static final Pattern SECRET = Pattern.compile("\\$\\(([^/)]+)/([^)]+)\\)");

    private record Mounted(String configMap, String key) {}

    private final SystemObjects objects;
    private final Map<Mounted, ConfigurationText> texts = new LinkedHashMap<>();

    SystemConfiguration(SystemObjects objects) {
        this.objects = objects;
    }

    /**
     * Changes settings, and returns what an operator does for it: one action for each file.
     *
     * @throws ConfigurationException if the system has no such file, or the file no such place
     */
    List<Action> change(String name, Map<SettingPlace, Object> settings) {
        Map<Mounted, Map<String, Object>> changed = new LinkedHashMap<>();
        settings.forEach((place, value) -> {
            Mounted file = new Mounted(place.configMap(), place.key());
            place.origin().blamed(() -> {
                ConfigurationText text = texts.computeIfAbsent(file, this::read);
                text.set(place.path(), value);
                return text;
            });
            changed.computeIfAbsent(file, any -> new LinkedHashMap<>()).put(place.path(), value);
        });
        List<Action> actions = new ArrayList<>();
        changed.forEach((file, values) -> actions.add(new Action.Reconfigure(
                changed.size() == 1 ? name : name + " (" + file.configMap() + ")",
                ChangedSettings.in(file.configMap(), file.key(), values))));
        return actions;
    }

    private ConfigurationText read(Mounted file) {
        String name = "ConfigMap " + file.configMap();
        ConfigMap map = objects.require(ConfigMap.class, file.configMap());
        Map<String, String> data = Optional.ofNullable(map.getData()).orElse(Map.of());
        String text = data.get(file.key());
        if (text == null) {
            throw SystemObjects.missing(name + " of the system has no key", file.key(), new TreeSet<>(data.keySet()));
        }
        return new ConfigurationText(name + ", " + file.key(), text);
    }

    /** A text in which {@code $(secret/key)} is replaced by what the system's Secret holds. */
    String withSecrets(String text) {
        Matcher reference = SECRET.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (reference.find()) {
            reference.appendReplacement(
                    resolved, Matcher.quoteReplacement(secret(reference.group(1), reference.group(2))));
        }
        String whole = reference.appendTail(resolved).toString();
        if (text.replaceAll(SECRET.pattern(), "").contains("$(")) {
            throw new ConfigurationException("\"" + text + "\" refers to nothing; allowed: $(secret/key)");
        }
        return whole;
    }

    private String secret(String name, String key) {
        Secret secret = objects.require(Secret.class, name);
        if (secret.getStringData() != null && secret.getStringData().containsKey(key)) {
            return secret.getStringData().get(key);
        }
        String encoded = secret.getData() == null ? null : secret.getData().get(key);
        if (encoded == null) {
            throw SystemObjects.missing(
                    "Secret " + name + " of the system has no key",
                    key,
                    Optional.ofNullable(secret.getData()).orElse(Map.of()).keySet());
        }
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}

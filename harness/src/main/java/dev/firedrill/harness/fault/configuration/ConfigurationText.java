package dev.firedrill.harness.fault.configuration;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A configuration file in YAML in which single settings are changed by their path: {@code retry.maxDelay};
 * {@code checks[backlog].enabled} for the item of that name; {@code checks[*].interval} for all items. What is set must
 * be there already, since a program takes no notice of a misspelt setting; one that is to be added is marked as {@code
 * +checks[backlog].timeout}.
 */
public final class ConfigurationText {
    private static final String NAME = "[A-Za-z0-9_-]+";
    private static final String SEGMENT = NAME + "(?:\\[(?:\\*|" + NAME + ")\\])?";
    private static final String ADDED = "+";
    private static final Pattern PATH = Pattern.compile("\\+?" + SEGMENT + "(?:\\." + SEGMENT + ")*");
    private static final Pattern PART = Pattern.compile("(" + NAME + ")(?:\\[(\\*|" + NAME + ")\\])?");

    private final String name;
    private final Object root;

    /**
     * Reads a file.
     *
     * @param name what it is called in messages
     * @throws ConfigurationException if it is not YAML
     */
    public ConfigurationText(String name, String text) {
        this.name = name;
        try {
            this.root = Optional.ofNullable(new Load(LoadSettings.builder().build()).loadFromString(text))
                    .orElseGet(LinkedHashMap::new);
        } catch (YamlEngineException e) {
            throw new ConfigurationException(name + ": not valid YAML, so that no setting of it can be changed", e);
        }
    }

    /** Whether a text has the form of a path. */
    public static boolean isPath(String text) {
        return PATH.matcher(text).matches();
    }

    /** The setting that a path leads to, whether it is there or is added. */
    static String settingOf(String path) {
        return path.startsWith(ADDED) ? path.substring(ADDED.length()) : path;
    }

    /**
     * Sets what stands at a path, which must be there; of an addition its parents.
     *
     * @throws ConfigurationException if they are not
     */
    public void set(String path, Object value) {
        boolean addition = path.startsWith(ADDED);
        String place = settingOf(path);
        int dot = place.lastIndexOf('.');
        String last = place.substring(dot + 1);
        if (last.contains("[")) {
            throw new ConfigurationException(name + ": \"" + path + "\" is an item of a list, which cannot be replaced;"
                    + " allowed: a setting of it, as in " + path + ".enabled");
        }
        List<Object> parents = dot < 0 ? List.of(root) : find(place, place.substring(0, dot));
        for (Object parent : parents) {
            Map<String, Object> settings = map(place, parent);
            if (!addition && !settings.containsKey(last)) {
                throw missing(place, last, settings.keySet(), "; to add it, write " + ADDED + place);
            }
            settings.put(last, value);
        }
    }

    private List<Object> find(String path, String parents) {
        List<Object> found = List.of(root);
        for (String segment : parents.split("\\.", -1)) {
            Matcher part = PART.matcher(segment);
            if (!part.matches()) {
                throw new ConfigurationException(name + ": not a path: \"" + path + "\"");
            }
            found = found.stream()
                    .flatMap(parent -> child(path, parent, part.group(1), Optional.ofNullable(part.group(2))).stream())
                    .toList();
        }
        return found;
    }

    private List<Object> child(String path, Object parent, String key, Optional<String> item) {
        Map<String, Object> map = map(path, parent);
        Object child = map.get(key);
        if (child == null) {
            throw missing(path, key, map.keySet(), "");
        }
        if (item.isEmpty()) {
            return List.of(child);
        }
        if (!(child instanceof List<?> items)) {
            throw new ConfigurationException(name + ": \"" + key + "\" of \"" + path + "\" is not a list");
        }
        List<Object> chosen = items.stream()
                .filter(each -> item.get().equals("*") || item.get().equals(nameOf(each)))
                .<Object>map(Objects::requireNonNull)
                .toList();
        if (chosen.isEmpty()) {
            List<String> names = items.stream().map(ConfigurationText::nameOf).toList();
            throw missing(path, item.get(), names, "");
        }
        return chosen;
    }

    private static String nameOf(Object item) {
        return item instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : "";
    }

    private ConfigurationException missing(String path, String key, Collection<String> allowed, String more) {
        return new ConfigurationException(name + ": has no \"" + key + "\", which \"" + path + "\" needs; allowed: "
                + String.join(", ", allowed) + more + Spelling.guess(key, allowed));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> map(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new ConfigurationException(name + ": \"" + path + "\" leads through something that is not a map");
    }

    /** The file as it is now. */
    public String text() {
        DumpSettings settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return new Dump(settings).dumpToString(root);
    }
}

package dev.firedrill.harness.fault.configuration;

import dev.firedrill.harness.model.ConfigurationException;
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

/**
 * A configuration file in YAML in which single settings are changed by their path: {@code retry.maxDelay};
 * {@code checks[backlog].enabled} for the item of that name; {@code checks[*].interval} for all items.
 */
public final class ConfigurationText {
    private static final String NAME = "[A-Za-z0-9_-]+";
    private static final String SEGMENT = NAME + "(?:\\[(?:\\*|" + NAME + ")\\])?";
    private static final Pattern PATH = Pattern.compile(SEGMENT + "(?:\\." + SEGMENT + ")*");
    private static final Pattern PART = Pattern.compile("(" + NAME + ")(?:\\[(\\*|" + NAME + ")\\])?");

    private final String name;
    private final Object root;

    /**
     * Reads a file.
     *
     * @param name what it is called in messages
     */
    public ConfigurationText(String name, String text) {
        this.name = name;
        this.root = Optional.ofNullable(new Load(LoadSettings.builder().build()).loadFromString(text))
                .orElseGet(LinkedHashMap::new);
    }

    /** Whether a text has the form of a path. */
    public static boolean isPath(String text) {
        return PATH.matcher(text).matches();
    }

    /**
     * Sets what stands at a path; its parents must be there.
     *
     * @throws ConfigurationException if they are not
     */
    public void set(String path, Object value) {
        int dot = path.lastIndexOf('.');
        String last = path.substring(dot + 1);
        if (last.contains("[")) {
            throw new ConfigurationException(name + ": \"" + path + "\" is an item of a list, which cannot be replaced;"
                    + " allowed: a setting of it, as in " + path + ".enabled");
        }
        List<Object> parents = dot < 0 ? List.of(root) : find(path, path.substring(0, dot));
        for (Object parent : parents) {
            map(path, parent).put(last, value);
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
            throw missing(path, key, List.copyOf(map.keySet()));
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
            throw missing(
                    path,
                    item.get(),
                    items.stream().map(ConfigurationText::nameOf).toList());
        }
        return chosen;
    }

    private static String nameOf(Object item) {
        return item instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : "";
    }

    private ConfigurationException missing(String path, String key, List<String> allowed) {
        return new ConfigurationException(name + ": has no \"" + key + "\", which \"" + path + "\" needs; allowed: "
                + String.join(", ", allowed));
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

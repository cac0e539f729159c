package dev.firedrill.harness.cluster.existing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The rights that are enough to drill one namespace, as a manifest: a ServiceAccount, its Role, and their binding.
 *
 * @param manifest ordinary YAML, to be applied by somebody who may grant these rights
 */
public record DrillRole(String manifest) {
    private static final String RESOURCE = "role.yaml";
    private static final String PLACEHOLDER = "NAMESPACE";

    /** The Role for one namespace. */
    public static DrillRole in(String namespace) {
        try (InputStream in = Objects.requireNonNull(DrillRole.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new DrillRole(text.replace(PLACEHOLDER, namespace));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One rule of the Role. */
    record Rule(List<String> groups, List<String> resources, List<String> names, List<String> verbs) {}

    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(manifest)) {
            if (document instanceof Map<?, ?> object && object.get("rules") instanceof List<?> all) {
                all.forEach(rule -> rules.add(rule((Map<?, ?>) rule)));
            }
        }
        return rules;
    }

    private static Rule rule(Map<?, ?> map) {
        return new Rule(
                texts(map, "apiGroups"), texts(map, "resources"), texts(map, "resourceNames"), texts(map, "verbs"));
    }

    private static List<String> texts(Map<?, ?> map, String key) {
        return map.get(key) instanceof List<?> all
                ? all.stream().map(String::valueOf).toList()
                : List.of();
    }
}

package dev.firedrill.scenarios.shop;

import dev.firedrill.harness.alert.AlertRule;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The rules of the shop's monitor, from its configuration: one for each of its checks, switched on or not. */
final class MonitorRules {
    private static final String CONFIG_MAP = "monitor-config";
    private static final String FILE = "monitor.yaml";

    private MonitorRules() {}

    static List<AlertRule> of(List<HasMetadata> objects) {
        return objects.stream()
                .filter(object -> CONFIG_MAP.equals(object.getMetadata().getName()))
                .filter(ConfigMap.class::isInstance)
                .flatMap(object -> rules(((ConfigMap) object).getData().getOrDefault(FILE, "")).stream())
                .toList();
    }

    private static List<AlertRule> rules(String file) {
        List<AlertRule> rules = new ArrayList<>();
        if (new Load(LoadSettings.builder().build()).loadFromString(file) instanceof Map<?, ?> settings
                && settings.get("checks") instanceof List<?> checks) {
            for (Object check : checks) {
                if (check instanceof Map<?, ?> map && map.get("alert") instanceof String alert) {
                    rules.add(new AlertRule(alert, texts(map.get("labels"))));
                }
            }
        }
        return rules;
    }

    private static Map<String, String> texts(@Nullable Object labels) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (labels instanceof Map<?, ?> map) {
            map.forEach((label, value) -> texts.put(String.valueOf(label), String.valueOf(value)));
        }
        return texts;
    }
}

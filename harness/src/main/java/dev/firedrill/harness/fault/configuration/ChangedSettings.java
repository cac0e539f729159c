package dev.firedrill.harness.fault.configuration;

import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldChange;
import dev.firedrill.harness.fault.FieldReadBack;
import dev.firedrill.harness.fault.ObjectFields;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Single settings of a YAML file that is mounted from a ConfigMap, given other values: a wrong address, a switched-on
 * check. As a fault it is proven by reading back, and by whatever effect the drill demands.
 *
 * <pre>{@code
 * ChangedSettings.in("monitor-config", "monitor.yaml", Map.of("checks[internal-route].enabled", true))
 * }</pre>
 */
public final class ChangedSettings implements Fault {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String configMap;
    private final String key;
    private final Map<String, Object> settings;

    private ChangedSettings(String configMap, String key, Map<String, Object> settings) {
        this.configMap = configMap;
        this.key = key;
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * Changes settings.
     *
     * @param configMap the ConfigMap that holds the file
     * @param key the file
     * @param settings by their path, as {@code retry.maxDelay}, {@code checks[backlog].enabled} for the list's item of
     *     that name, {@code checks[*].interval} for all items: text, numbers and booleans. They must be there already;
     *     {@code +checks[backlog].timeout} adds one
     */
    public static ChangedSettings in(String configMap, String key, Map<String, Object> settings) {
        return new ChangedSettings(configMap, key, settings);
    }

    @Override
    public FaultDescription describe() {
        Map<String, String> parameters = new LinkedHashMap<>();
        settings.forEach((path, value) -> parameters.put(ConfigurationText.settingOf(path), value.toString()));
        return new FaultDescription(
                "changed-settings",
                "ConfigMap/" + configMap,
                "settings of " + key + " change: " + parameters,
                parameters);
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        ObjectFields fields = scene.objects();
        ObjectRef ref = ObjectRef.configMap(configMap);
        String pointer = "/data/" + ObjectFields.escaped(key);
        JsonNode now = ObjectFields.field(fields.require(ref), pointer)
                .orElseThrow(() -> new ConfigurationException(ref + " has no key " + key));
        ConfigurationText text = new ConfigurationText(ref + " " + key, now.asString());
        settings.forEach(text::set);
        FieldChange change = fields.set(ref, pointer, JSON.getNodeFactory().stringNode(text.text()));
        return new FaultPlan(List.of(change), "whatever reads " + key + " of ConfigMap " + configMap);
    }

    @Override
    public Proof proof() {
        return new FieldReadBack("ConfigMap " + configMap + " holds the changed " + key, settings.toString());
    }
}

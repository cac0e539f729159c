package dev.firedrill.harness.fault;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A wrong value in a ConfigMap. Planted where nothing reads it yet, it lies unseen until something does; then it is
 * confirmed by reading back, and proven by its trigger's effect.
 */
public final class WrongConfigValue implements Fault {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String configMap;
    private final String key;
    private final String value;

    private WrongConfigValue(String configMap, String key, String value) {
        this.configMap = configMap;
        this.key = key;
        this.value = value;
    }

    /** Sets a key of a ConfigMap of the drill's namespace to a wrong value. */
    public static WrongConfigValue in(String configMap, String key, String value) {
        return new WrongConfigValue(configMap, key, value);
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                "wrong-config-value",
                "ConfigMap/" + configMap,
                "the key " + key + " is set to a wrong value, " + value,
                Map.of("configMap", configMap, "key", key, "value", value));
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        FieldChange change = new ObjectFields(scene.client(), scene.namespace())
                .set(
                        new ObjectRef("v1", "ConfigMap", configMap),
                        "/data/" + escaped(key),
                        JSON.getNodeFactory().stringNode(value));
        return new FaultPlan(List.of(change), "whatever reads " + key + " of ConfigMap " + configMap);
    }

    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public Proof proof() {
        return new ReadBack(configMap, key, key + " = " + value);
    }
}

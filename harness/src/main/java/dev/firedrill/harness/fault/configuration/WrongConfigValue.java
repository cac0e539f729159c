package dev.firedrill.harness.fault.configuration;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldChange;
import dev.firedrill.harness.fault.FieldReadBack;
import dev.firedrill.harness.fault.ObjectFields;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A wrong value in a ConfigMap. Planted where nothing reads it yet, it lies unseen until something does; then it is
 * confirmed by reading back, and proven by its trigger's effect.
 */
public final class WrongConfigValue implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("wrong-config-value")
            .group("configuration")
            .harms("A wrong value in a ConfigMap, where something reads it later.")
            .takes(
                    Parameter.of("configMap", ParameterType.name(), "the ConfigMap"),
                    Parameter.of("key", ParameterType.key(), "the key of its data"),
                    Parameter.of("value", ParameterType.text(), "the wrong value"))
            .changes("the key of the ConfigMap's `data`")
            .provenBy("within 5 s it is read back. That is enough to *plant* it; it proves no effect, so that it"
                    + " cannot be"
                    + " *injected*: a trigger must surface it")
            .undoneBy("the value as it was, or no key")
            .madeBy(WrongConfigValue::new);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Arguments arguments;
    private final String configMap;
    private final String key;
    private final String value;

    private WrongConfigValue(Arguments arguments) {
        this.arguments = arguments;
        this.configMap = arguments.text("configMap");
        this.key = arguments.text("key");
        this.value = arguments.text("value");
    }

    /** Sets a key of a ConfigMap of the drill's namespace to a wrong value. */
    public static WrongConfigValue in(String configMap, String key, String value) {
        return new WrongConfigValue(KIND.check(Map.of("configMap", configMap, "key", key, "value", value)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                "ConfigMap/" + configMap,
                "the key " + key + " is set to a wrong value, " + value,
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        FieldChange change = scene.objects()
                .set(
                        ObjectRef.configMap(configMap),
                        "/data/" + ObjectFields.escaped(key),
                        JSON.getNodeFactory().stringNode(value));
        return new FaultPlan(List.of(change), "whatever reads " + key + " of ConfigMap " + configMap);
    }

    @Override
    public Proof proof() {
        return new FieldReadBack("ConfigMap " + configMap + " holds the changed " + key, key + " = " + value);
    }
}

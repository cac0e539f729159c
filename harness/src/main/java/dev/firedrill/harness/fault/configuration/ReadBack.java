package dev.firedrill.harness.fault.configuration;

import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.Proof;
import java.time.Duration;
import java.util.Optional;

/**
 * Confirms what was written to a key of a ConfigMap by reading it back. It proves no effect: it is for what is planted,
 * and for operators' changes.
 *
 * @param configMap the ConfigMap
 * @param key its key, whose value is the one that the plan's only change writes
 * @param what what was written, for people
 */
record ReadBack(String configMap, String key, String what) implements Proof {
    private static final Duration WITHIN = Duration.ofSeconds(5);

    @Override
    public String describe() {
        return "ConfigMap " + configMap + " holds the changed " + key;
    }

    @Override
    public Duration within() {
        return WITHIN;
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    @Override
    public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
        String written = plan.onlyField().shownAfter();
        return Optional.ofNullable(scene.client()
                        .configMaps()
                        .inNamespace(scene.namespace())
                        .withName(configMap)
                        .get())
                .filter(map -> written.equals(map.getData().get(key)))
                .map(map -> "read back: " + what);
    }
}

package dev.firedrill.harness.incident;

import dev.firedrill.harness.alert.AlertRule;
import dev.firedrill.harness.drill.ManifestFiles;
import dev.firedrill.harness.drill.SystemUnderDrill;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;

/** A system that is never run: manifests of the shape that the incidents of the tests speak of, and perhaps rules. */
final class ConfiguredSystem implements SystemUnderDrill {
    private final List<AlertRule> rules;

    ConfiguredSystem(AlertRule... rules) {
        this.rules = List.of(rules);
    }

    @Override
    public List<HasMetadata> objects(Map<String, String> variants) {
        return ManifestFiles.of(ConfiguredSystem.class).objects("/incidents/system/objects.yaml");
    }

    @Override
    public List<AlertRule> alerts() {
        return rules;
    }
}

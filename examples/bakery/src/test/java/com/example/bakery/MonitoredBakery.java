package com.example.bakery;

import dev.firedrill.harness.alert.MonitoringImages;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.drill.ManifestFiles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

// [monitored]
/** The bakery with its Prometheus, its rules and its Alertmanager. */
public class MonitoredBakery extends BakerySystem {
    @Override
    public List<HasMetadata> objects(Map<String, String> variants) {
        ManifestFiles files = ManifestFiles.of(MonitoredBakery.class);
        List<HasMetadata> objects = files.objects("/bakery/bakery.yaml", "/bakery/monitoring.yaml");
        objects.add(files.configMap("prometheus-config", "/bakery/prometheus.yml"));
        objects.add(files.configMap("prometheus-rules", "/bakery/bakery.rules.yml"));
        objects.add(files.configMap("alertmanager-config", "/bakery/alertmanager.yml"));
        return objects;
    }

    @Override
    public List<ProgramImage> images() {
        List<ProgramImage> images = new ArrayList<>(super.images());
        images.addAll(MonitoringImages.ofEnvironment(System.getenv()));
        return images;
    }

    @Override
    public Optional<Duration> pagesWithin() {
        return Optional.of(Duration.ofSeconds(30));
    }
}
// [/monitored]

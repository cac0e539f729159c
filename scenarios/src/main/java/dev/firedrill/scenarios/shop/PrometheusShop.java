package dev.firedrill.scenarios.shop;

import dev.firedrill.fixtures.Manifests;
import dev.firedrill.harness.alert.MonitoringImages;
import dev.firedrill.harness.cluster.ImageSource;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.drill.DelayedWork;
import dev.firedrill.harness.drill.ManifestFiles;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.SystemUnderDrill;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The shop with Prometheus, Alertmanager and the blackbox exporter in the place of its monitor. The variant
 * {@code prometheus=public-rules} lacks the rule on the internal route, as the incident's monitoring did.
 */
public final class PrometheusShop implements SystemUnderDrill, ImageSource {
    private static final String PROMETHEUS = "prometheus";
    private static final String PUBLIC_RULES = "public-rules";

    private final Shop shop = new Shop();

    @Override
    public List<ProgramImage> images() {
        return MonitoringImages.ofEnvironment(System.getenv());
    }

    @Override
    public List<HasMetadata> objects(Map<String, String> variants) {
        Map<String, String> others = new LinkedHashMap<>(variants);
        String rules = others.remove(PROMETHEUS);
        if (rules != null && !rules.equals(PUBLIC_RULES)) {
            throw new ConfigurationException("prometheus has no variant \"" + rules + "\"; allowed: " + PUBLIC_RULES);
        }
        List<String> manifests = new ArrayList<>(Manifests.SYSTEM);
        manifests.remove(Manifests.MONITOR);
        List<HasMetadata> objects = new ArrayList<>(Shop.objects(manifests, others));
        objects.addAll(monitoring(rules == null));
        return objects;
    }

    private static List<HasMetadata> monitoring(boolean internal) {
        ManifestFiles files = ManifestFiles.of(Manifests.class);
        List<String> rules = new ArrayList<>(Manifests.PUBLIC_RULES);
        if (internal) {
            rules.add(Manifests.INTERNAL_RULES);
        }
        List<HasMetadata> objects = files.objects(Manifests.PROMETHEUS);
        objects.add(files.configMap("blackbox-config", Manifests.BLACKBOX_CONFIG));
        objects.add(files.configMap("alertmanager-config", Manifests.ALERTMANAGER_CONFIG));
        objects.add(files.configMap("prometheus-config", Manifests.PROMETHEUS_CONFIG));
        objects.add(files.configMap("prometheus-rules", rules));
        return objects;
    }

    @Override
    public Set<String> ownAnnotations() {
        return shop.ownAnnotations();
    }

    @Override
    public DelayedWork delayedWork(Stage stage) {
        return shop.delayedWork(stage);
    }

    /** Prometheus begins to scrape some five seconds after its start, and each link then takes a second. */
    @Override
    public Optional<Duration> pagesWithin() {
        return Optional.of(Duration.ofSeconds(30));
    }
}

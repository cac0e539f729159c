package dev.firedrill.harness.alert;

import dev.firedrill.harness.cluster.ProgramImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Prometheus, Alertmanager and the blackbox exporter under the names of their public images, for systems that bring a
 * real alerting chain. Where pods are containers they are those images, or one image of all three that the environment
 * variable {@code FIREDRILL_MONITORING_IMAGE} names; where pods are processes, the programs of this machine, which get
 * their configuration with addresses for names as it is when they start, and do not follow it.
 *
 * <pre>{@code
 * public final class Bakery implements SystemUnderDrill, ImageSource {
 *     @Override
 *     public List<ProgramImage> images() {
 *         return MonitoringImages.ofEnvironment(System.getenv());
 *     }
 * }
 * }</pre>
 *
 * <p>Source: prom/prometheus, prom/alertmanager and prom/blackbox-exporter on Docker Hub; Debian's packages for the
 * names of the programs.
 */
public final class MonitoringImages {
    /** Names one image that has all programs on its PATH, by the names that Debian gives them. */
    public static final String VARIABLE = "FIREDRILL_MONITORING_IMAGE";

    /** The image of Prometheus, as manifests name it. */
    public static final String PROMETHEUS = "prom/prometheus:v3.5.0";

    /** The image of Alertmanager, as manifests name it. */
    public static final String ALERTMANAGER = "prom/alertmanager:v0.28.1";

    /** The image of the blackbox exporter, as manifests name it. */
    public static final String BLACKBOX_EXPORTER = "prom/blackbox-exporter:v0.27.0";

    private MonitoringImages() {}

    /** All three. */
    public static List<ProgramImage> ofEnvironment(Map<String, String> environment) {
        String one = environment.getOrDefault(VARIABLE, "").strip();
        return List.of(
                image(PROMETHEUS, one, "prometheus"),
                image(ALERTMANAGER, one, "prometheus-alertmanager"),
                image(BLACKBOX_EXPORTER, one, "prometheus-blackbox-exporter"));
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(MonitoringImages.class.getResourceAsStream("with-addresses.sh"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProgramImage image(String name, String one, String program) {
        ProgramImage image = ProgramImage.program(name, program).through("sh", "-c", script());
        return one.isEmpty() ? image.inContainers(name) : image.inContainers(one, program);
    }
}

package dev.firedrill.harness.conformance;

import dev.firedrill.harness.model.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What a kind of cluster is known to do otherwise than Kubernetes, by the id of the behaviour. In a file:
 *
 * <pre>
 * access.exec:
 *   answer: "no"
 *   how: refused; use k3s
 *   seen: has no pods/exec
 * </pre>
 */
public final class Deviations {
    private final Map<String, Deviation> byBehaviour;

    private Deviations(Map<String, Deviation> byBehaviour) {
        this.byBehaviour = Map.copyOf(byBehaviour);
    }

    /** A kind that does everything. */
    public static Deviations none() {
        return new Deviations(Map.of());
    }

    /** Those of a kind of this version; none where nothing is written down for it. */
    public static Deviations ofKind(String kind) {
        try (InputStream file = Deviations.class.getResourceAsStream(kind + ".yaml")) {
            return file == null ? none() : read(file, kind + ".yaml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a list of deviations.
     *
     * @param name for messages
     * @throws ConfigurationException if a behaviour is unknown or a value is missing
     */
    public static Deviations read(InputStream yaml, String name) {
        Map<String, Deviation> found = new LinkedHashMap<>();
        Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
        if (tree instanceof Map<?, ?> entries) {
            entries.forEach((id, entry) -> found.put(known(name, String.valueOf(id)), deviation(name, id, entry)));
        }
        return new Deviations(found);
    }

    private static String known(String file, String id) {
        if (Conformance.behaviours().stream()
                .noneMatch(behaviour -> behaviour.id().equals(id))) {
            throw new ConfigurationException(file + ": no behaviour is called \"" + id + "\"");
        }
        return id;
    }

    private static Deviation deviation(String file, Object id, Object entry) {
        if (!(entry instanceof Map<?, ?> values)
                || !(values.get("answer") instanceof String answer)
                || !(values.get("how") instanceof String how)
                || !(values.get("seen") instanceof String seen)
                || !answer.matches("no|differs")) {
            throw new ConfigurationException(file + ": " + id + " needs answer (\"no\" or \"differs\"), how, and seen");
        }
        return new Deviation(Deviation.Answer.valueOf(answer.toUpperCase(Locale.ROOT)), how, seen);
    }

    /** What is known about a behaviour. */
    public Optional<Deviation> of(Behaviour behaviour) {
        return Optional.ofNullable(byBehaviour.get(behaviour.id()));
    }
}

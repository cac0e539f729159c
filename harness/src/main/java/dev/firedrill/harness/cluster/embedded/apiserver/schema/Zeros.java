package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which fields say nothing while they are false, 0 or an empty text; with any other field these are values.
 *
 * <p>Source: the Go types of k8s.io/api v0.34 ({@code omitempty}, where the field is no pointer); the table lies beside
 * this class.
 */
final class Zeros {
    private static final String FILE = "zeros.txt";
    private static final String MODEL = "io.fabric8.kubernetes.api.model.";
    private static final Map<String, Set<String>> OMITTED = load();

    private Zeros() {}

    /** The fields of a class of the model whose zero is not shown. */
    static Set<String> omitted(Class<?> model) {
        String name = model.getName();
        return name.startsWith(MODEL) ? OMITTED.getOrDefault(name.substring(MODEL.length()), Set.of()) : Set.of();
    }

    private static Map<String, Set<String>> load() {
        try (InputStream stream = Zeros.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException(FILE + " is missing beside " + Zeros.class.getName());
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            Map<String, Set<String>> omitted = new HashMap<>();
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] words = line.split(" ", -1);
                omitted.put(words[0], Arrays.stream(words).skip(1).collect(Collectors.toUnmodifiableSet()));
            });
            return omitted;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

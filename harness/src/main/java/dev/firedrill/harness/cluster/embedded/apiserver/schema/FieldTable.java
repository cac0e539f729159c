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

/** Something that is said of fields, by the class of the model that has them: a file beside this class. */
final class FieldTable {
    private static final String MODEL = "io.fabric8.kubernetes.api.model.";

    private final Map<String, Set<String>> fields;

    private FieldTable(Map<String, Set<String>> fields) {
        this.fields = fields;
    }

    /** Reads a file whose lines are a class without the model's package, and its fields; # begins a comment. */
    static FieldTable read(String file) {
        try (InputStream stream = FieldTable.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing beside " + FieldTable.class.getName());
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            Map<String, Set<String>> fields = new HashMap<>();
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] words = line.split(" ", -1);
                fields.put(words[0], Arrays.stream(words).skip(1).collect(Collectors.toUnmodifiableSet()));
            });
            return new FieldTable(fields);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The fields of a class that are in the table. */
    Set<String> of(Class<?> model) {
        String name = model.getName();
        return name.startsWith(MODEL) ? fields.getOrDefault(name.substring(MODEL.length()), Set.of()) : Set.of();
    }
}

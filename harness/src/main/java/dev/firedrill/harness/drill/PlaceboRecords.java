package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The placebos that held, a file each, by the name of the drill; a drill that has changed finds nothing and is tried
 * anew, and its file is written over. Fit to be kept under version control.
 */
record PlaceboRecords(Path directory) {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * A placebo that held.
     *
     * @param fingerprint of the placebo
     * @param cluster the kind of cluster on which it was run
     * @param on the day, ISO-8601
     * @param effects how many effects failed in it
     * @param invariants how many invariants held in it
     */
    record Entry(String drill, String fingerprint, String cluster, String on, int effects, int invariants) {}

    /**
     * The record of a placebo, under whatever name.
     *
     * @throws ConfigurationException if a file cannot be read
     */
    Optional<Entry> find(String fingerprint) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
            for (Path file : files) {
                @Nullable Entry entry = read(file);
                if (entry != null && entry.fingerprint().equals(fingerprint)) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new ConfigurationException("the records of placebos in " + directory + " cannot be read: " + e, e);
        }
    }

    private static @Nullable Entry read(Path file) throws IOException {
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            return root.path("v").asInt(0) != VERSION
                    ? null
                    : new Entry(
                            root.path("drill").asString(""),
                            root.path("fingerprint").asString(""),
                            root.path("cluster").asString(""),
                            root.path("on").asString(""),
                            root.path("effects").asInt(0),
                            root.path("invariants").asInt(0));
        } catch (JacksonException e) {
            throw new IOException(file + " is not a record of a placebo: " + e.getOriginalMessage(), e);
        }
    }

    void keep(Entry entry) {
        String json = JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(JSON.createObjectNode()
                        .put("v", VERSION)
                        .put("drill", entry.drill())
                        .put("fingerprint", entry.fingerprint())
                        .put("cluster", entry.cluster())
                        .put("on", entry.on())
                        .put("effects", entry.effects())
                        .put("invariants", entry.invariants()));
        String name = entry.drill().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9+-]+", "-");
        try {
            Files.createDirectories(directory);
            Path draft = Files.writeString(directory.resolve("." + name + ".draft"), json + "\n");
            Files.move(draft, directory.resolve(name + ".json"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the record of a placebo cannot be written to " + directory, e);
        }
    }
}

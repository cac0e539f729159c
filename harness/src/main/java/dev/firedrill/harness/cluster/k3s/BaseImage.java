package dev.firedrill.harness.cluster.k3s;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image that others are based on, as {@code docker save} wrote it: of an engine with its own image store, or with
 * containerd's, whose layers may be compressed.
 *
 * <p>Source: Docker Image Specification v1.2, {@code manifest.json}.
 */
final class BaseImage {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path archive;
    private final List<String> layers;
    private final JsonNode configuration;

    private BaseImage(Path archive, List<String> layers, JsonNode configuration) {
        this.archive = archive;
        this.layers = List.copyOf(layers);
        this.configuration = configuration;
    }

    static BaseImage read(Path archive) throws IOException {
        try (TarFile tar = new TarFile(archive)) {
            Map<String, TarArchiveEntry> entries = entries(tar);
            JsonNode image =
                    JSON.readTree(content(tar, entries, "manifest.json")).path(0);
            List<String> layers = new ArrayList<>();
            image.path("Layers").forEach(layer -> layers.add(layer.asString()));
            JsonNode configuration =
                    JSON.readTree(content(tar, entries, image.path("Config").asString()));
            if (layers.isEmpty() || !configuration.path("config").isObject()) {
                throw new IOException("the engine's archive of the base image holds no image that can be read");
            }
            return new BaseImage(archive, layers, configuration);
        }
    }

    private static Map<String, TarArchiveEntry> entries(TarFile tar) {
        return tar.getEntries().stream()
                .collect(Collectors.toMap(TarArchiveEntry::getName, entry -> entry, (first, second) -> second));
    }

    private static byte[] content(TarFile tar, Map<String, TarArchiveEntry> entries, String name) throws IOException {
        try (InputStream in = tar.getInputStream(found(entries, name))) {
            return in.readAllBytes();
        }
    }

    /** An entry, also where it is a link to another. */
    private static TarArchiveEntry found(Map<String, TarArchiveEntry> entries, String name) throws IOException {
        TarArchiveEntry entry = entries.get(name);
        if (entry != null && (entry.isSymbolicLink() || entry.isLink())) {
            Path target = entry.isLink()
                    ? Path.of(entry.getLinkName())
                    : Path.of(name).resolveSibling(entry.getLinkName()).normalize();
            entry = entries.get(target.toString());
        }
        if (entry == null || !entry.isFile()) {
            throw new IOException("the engine's archive of the base image has no " + name);
        }
        return entry;
    }

    /** Its configuration, to be extended. */
    ObjectNode configuration() {
        ObjectNode copy = (ObjectNode) configuration.deepCopy();
        copy.remove(List.of("container", "container_config", "id", "parent", "docker_version"));
        return copy;
    }

    /** The names of its layers, lowest first, as {@link #copyLayersTo} writes them. */
    List<String> layers() {
        return layers;
    }

    void copyLayersTo(TarArchiveOutputStream target) throws IOException {
        try (TarFile tar = new TarFile(archive)) {
            Map<String, TarArchiveEntry> entries = entries(tar);
            Set<String> each = new LinkedHashSet<>(layers);
            for (String layer : each) {
                TarArchiveEntry source = found(entries, layer);
                TarArchiveEntry entry = new TarArchiveEntry(layer);
                entry.setSize(source.getSize());
                target.putArchiveEntry(entry);
                try (InputStream in = tar.getInputStream(source)) {
                    in.transferTo(target);
                }
                target.closeArchiveEntry();
            }
        }
    }
}

package dev.firedrill.harness.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.model.ProvisioningException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArchiveCacheTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ArchiveCache cache;

    @SuppressWarnings("NullAway.Init")
    private Path classes;

    private int saved;

    @BeforeEach
    void prepare() throws Exception {
        cache = new ArchiveCache(directory.resolve("cache"));
        classes = Files.createDirectories(directory.resolve("target/classes/com/example"));
        Files.writeString(classes.resolve("Main.class"), "first");
    }

    @Test
    void an_archive_holds_an_image_per_program_on_top_of_the_base() throws Exception {
        Map<String, byte[]> archive = read(made("sha256:1", "shop", "agent").file());

        JsonNode manifest = JSON.readTree(archive.get("manifest.json"));
        assertThat(manifest.findValues("RepoTags")).hasToString("[[\"shop:latest\"], [\"agent:latest\"]]");
        JsonNode shop =
                JSON.readTree(archive.get(manifest.path(0).path("Config").asString()));
        assertThat(shop.path("config").path("Env").path(0).asString()).isEqualTo("PATH=/opt/java");
        assertThat(shop.path("config").path("Entrypoint").values())
                .extracting(JsonNode::asString)
                .startsWith("java")
                .contains("/app/0-classes")
                .endsWith("com.example.Main");
        assertThat(shop.path("config").has("Cmd")).isFalse();
        assertThat(shop.path("rootfs").path("diff_ids").size())
                .isEqualTo(manifest.path(0).path("Layers").size())
                .isEqualTo(3);
    }

    @Test
    void every_layer_is_named_by_its_own_digest_and_holds_the_class_path() throws Exception {
        Map<String, byte[]> archive = read(made("sha256:1", "shop").file());
        JsonNode image = JSON.readTree(archive.get("manifest.json")).path(0);
        JsonNode differences = JSON.readTree(archive.get(image.path("Config").asString()))
                .path("rootfs")
                .path("diff_ids");

        List<String> files = new ArrayList<>();
        for (int i = 1; i < differences.size(); i++) {
            byte[] layer = archive.get(image.path("Layers").path(i).asString());
            assertThat(differences.path(i).asString())
                    .isEqualTo("sha256:"
                            + HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256").digest(layer)));
            files.addAll(entries(new ByteArrayInputStream(layer)).keySet());
        }
        assertThat(files).containsExactly("app/java.security", "app/0-classes/com/example/Main.class");
    }

    @Test
    void programs_with_one_class_path_share_their_layers() throws Exception {
        Map<String, byte[]> archive = read(made("sha256:1", "shop", "agent").file());
        JsonNode manifest = JSON.readTree(archive.get("manifest.json"));

        assertThat(manifest.path(0).path("Layers")).isEqualTo(manifest.path(1).path("Layers"));
        assertThat(archive.keySet().stream().filter(name -> name.endsWith(".tar")))
                .hasSize(3);
    }

    @Test
    void an_image_of_the_engine_is_its_own_layers_by_another_name_and_its_base_is_not_kept() throws Exception {
        ProgramImage plain = ProgramImage.program("own/tool").inContainers("engine/tool:1");
        ProgramImage started = ProgramImage.program("own/other").inContainers("engine/tool:1", "other", "-v");
        Path file = cache.of(order(List.of(plain, started), "sha256:7")).file();
        Map<String, byte[]> archive = read(file);
        JsonNode manifest = JSON.readTree(archive.get("manifest.json"));

        assertThat(manifest.findValues("RepoTags")).hasToString("[[\"own/tool:latest\"], [\"own/other:latest\"]]");
        assertThat(manifest.path(0).path("Layers").size()).isOne();
        assertThat(configuration(archive, manifest.path(0)).path("Cmd").path(0).asString())
                .isEqualTo("jshell");
        assertThat(configuration(archive, manifest.path(1)).path("Entrypoint").values())
                .extracting(JsonNode::asString)
                .containsExactly("other", "-v");
        assertThat(configuration(archive, manifest.path(1)).has("Cmd")).isFalse();
        assertThat(cache.of(order(List.of(plain, started), "sha256:7")).fresh()).isFalse();
        try (Stream<Path> kept = Files.walk(directory.resolve("cache"))) {
            assertThat(kept.filter(path -> path.toString().endsWith(".tar"))).containsExactly(file);
        }
    }

    private static JsonNode configuration(Map<String, byte[]> archive, JsonNode image) {
        return JSON.readTree(archive.get(image.path("Config").asString())).path("config");
    }

    @Test
    void what_did_not_change_is_not_made_again() {
        ArchiveCache.Archive first = made("sha256:1", "shop");
        ArchiveCache.Archive second = made("sha256:1", "shop");

        assertThat(first.fresh()).isTrue();
        assertThat(second).isEqualTo(new ArchiveCache.Archive(first.file(), false));
        assertThat(saved).isOne();
    }

    @Test
    void changed_code_a_changed_base_and_a_changed_name_make_another_archive() throws Exception {
        ArchiveCache.Archive first = made("sha256:1", "shop");
        Files.writeString(classes.resolve("Main.class"), "other");

        assertThat(made("sha256:1", "shop").fresh()).isTrue();
        assertThat(made("sha256:2", "shop").fresh()).isTrue();
        assertThat(made("sha256:2", "bakery").fresh()).isTrue();
        assertThat(saved).as("base images that were saved").isEqualTo(2);
        assertThat(first.file()).as("of four archives the oldest").doesNotExist();
    }

    @Test
    void class_data_of_known_classes_is_a_layer_and_an_option_and_jars_come_first() throws Exception {
        Map<String, byte[]> archive = read(cache.of(withJar(Set.of("a/A"), (base, layers, jars, known, target) -> {
                    assertThat(base).isEqualTo("sha256:1");
                    assertThat(layers).hasSize(2).allMatch(Files::exists);
                    assertThat(jars).containsExactly("/app/0-library.jar");
                    assertThat(known).containsExactly("a/A");
                    Files.writeString(target, "data");
                }))
                .file());
        JsonNode image = JSON.readTree(archive.get("manifest.json")).path(0);

        assertThat(entryPoint(archive, image))
                .contains("-XX:SharedArchiveFile=/app/classes.jsa", "/app/0-library.jar:/app/1-classes");
        byte[] layer = archive.get(image.path("Layers").path(3).asString());
        assertThat(entries(new ByteArrayInputStream(layer)))
                .containsOnlyKeys("app/classes.jsa")
                .containsEntry("app/classes.jsa", "data".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void class_data_is_made_anew_for_other_jars_and_not_for_other_code() throws Exception {
        List<String> made = new ArrayList<>();
        ClassData.Maker maker = (base, layers, jars, known, target) -> {
            made.add(base);
            Files.writeString(target, "data");
        };
        cache.of(withJar(Set.of("a/A"), maker));
        Files.writeString(classes.resolve("Main.class"), "other");
        assertThat(cache.of(withJar(Set.of("a/A"), maker)).fresh()).isTrue();
        assertThat(made).hasSize(1);

        Files.writeString(directory.resolve("library.jar"), "other");
        cache.of(withJar(Set.of("a/A"), maker));
        assertThat(made).hasSize(2);
        cache.of(withJar(Set.of("a/A", "b/B"), maker));
        assertThat(made).hasSize(3);
    }

    @Test
    void what_cannot_be_made_is_done_without() throws Exception {
        Map<String, byte[]> archive = read(cache.of(withJar(Set.of("a/A"), (base, layers, jars, known, target) -> {
                    throw new IOException("no such option");
                }))
                .file());
        JsonNode image = JSON.readTree(archive.get("manifest.json")).path(0);

        assertThat(image.path("Layers").size()).isEqualTo(3);
        assertThat(entryPoint(archive, image))
                .noneMatch(option -> option.contains("SharedArchiveFile") || option.contains("LoadedClassList"));
    }

    @Test
    void a_program_whose_classes_are_not_known_notes_them_and_another_image_comes_when_they_are() throws Exception {
        ClassData.Maker maker = (base, layers, jars, known, target) -> Files.writeString(target, "data");
        Map<String, byte[]> archive = read(cache.of(withJar(Set.of(), maker)).file());
        JsonNode image = JSON.readTree(archive.get("manifest.json")).path(0);

        assertThat(image.path("Layers").size()).isEqualTo(3);
        assertThat(entryPoint(archive, image)).contains("-XX:DumpLoadedClassList=/tmp/firedrill.classes");
        assertThat(cache.of(withJar(Set.of("a/A"), maker)).fresh()).isTrue();
        assertThat(cache.of(withJar(Set.of("a/A"), maker)).fresh()).isFalse();
    }

    private ArchiveCache.Order withJar(Set<String> known, ClassData.Maker maker) throws IOException {
        Path jar = directory.resolve("library.jar");
        if (!Files.exists(jar)) {
            Files.writeString(jar, "library");
        }
        List<Path> classPath = List.of(directory.resolve("target/classes"), jar);
        ProgramImage shop = ProgramImage.java("shop", classPath, "com.example.Main");
        return new ArchiveCache.Order(
                List.of(shop), "sha256:1", this::base, new ClassData(Map.of(classPath, known), maker));
    }

    private static List<String> entryPoint(Map<String, byte[]> archive, JsonNode image) {
        return configuration(archive, image).path("Entrypoint").values().stream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void a_cache_that_cannot_be_written_is_told() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> new ArchiveCache(file.resolve("images")).of(order(List.of(), "sha256:1")))
                .isInstanceOf(ProvisioningException.class)
                .hasMessageStartingWith("the programs' images cannot be made in " + file + "/images: ")
                .hasMessageEndingWith("; is there space, and may this user write there?");
    }

    @Test
    void a_base_that_is_no_image_is_told() {
        assertThatThrownBy(() -> cache.of(new ArchiveCache.Order(
                        programs("shop"),
                        "sha256:9",
                        () -> new ByteArrayInputStream(tar(Map.of("a", new byte[1]))),
                        ClassData.NONE)))
                .isInstanceOf(ProvisioningException.class)
                .hasMessageContaining("the engine's archive of the base image has no manifest.json");
    }

    private ArchiveCache.Archive made(String base, String... names) {
        return cache.of(order(programs(names), base));
    }

    private ArchiveCache.Order order(List<ProgramImage> programs, String base) {
        return new ArchiveCache.Order(programs, base, this::base, ClassData.NONE);
    }

    private List<ProgramImage> programs(String... names) {
        Path classPath = directory.resolve("target/classes");
        return List.of(names).stream()
                .map(name -> ProgramImage.java(name, List.of(classPath), "com.example.Main"))
                .toList();
    }

    /** As {@code docker save} writes it. */
    private InputStream base() {
        saved++;
        Map<String, byte[]> files = new TreeMap<>();
        files.put("l1/layer.tar", tar(Map.of("opt/java", new byte[3])));
        files.put("c.json", """
                {"architecture": "amd64", "os": "linux", "container": "x",
                 "config": {"Env": ["PATH=/opt/java"], "Cmd": ["jshell"]},
                 "rootfs": {"type": "layers", "diff_ids": ["sha256:aa"]}, "history": [{}]}
                """.getBytes(StandardCharsets.UTF_8));
        files.put(
                "manifest.json",
                "[{\"Config\": \"c.json\", \"Layers\": [\"l1/layer.tar\"]}]".getBytes(StandardCharsets.UTF_8));
        return new ByteArrayInputStream(tar(files));
    }

    private static byte[] tar(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = ImageLayer.tar(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ImageLayer.put(tar, file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return entries(in);
        }
    }

    private static Map<String, byte[]> entries(InputStream in) throws IOException {
        Map<String, byte[]> entries = new java.util.LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry.getName(), tar.readAllBytes());
            }
        }
        return entries;
    }
}

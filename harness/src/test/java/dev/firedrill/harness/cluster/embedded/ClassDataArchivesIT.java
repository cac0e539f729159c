package dev.firedrill.harness.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.ClassPaths;
import dev.firedrill.harness.cluster.ProgramImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassDataArchivesIT {
    private final ProgramImage image =
            ProgramImage.java("greeter", ClassPaths.ofThisJvm(), ClassDataArchivesIT.class.getName());

    private final AtomicInteger made = new AtomicInteger();

    /** The program that is started: says whether its JVM maps an archive of the test's. */
    public static void main(String[] arguments) throws Exception {
        boolean mapped = Files.readString(Path.of("/proc/self/maps")).contains(arguments[0]);
        System.out.println(io.vertx.core.json.JsonObject.of("mapped", mapped).encode());
    }

    @Test
    void a_run_maps_the_archive_of_what_the_first_one_loaded(@TempDir Path cache) throws Exception {
        try (ClassDataArchives archives = ClassDataArchives.in(cache, "test")) {
            assertThat(run(archives, cache)).isEqualTo("{\"mapped\":false}\n");
            archives.make(made::incrementAndGet);
            assertThat(made).hasValue(1);
            assertThat(run(archives, cache)).isEqualTo("{\"mapped\":true}\n");
        }
        try (ClassDataArchives later = ClassDataArchives.in(cache, "test")) {
            assertThat(run(later, cache)).isEqualTo("{\"mapped\":true}\n");
            later.make(made::incrementAndGet);
            assertThat(made).as("made anew, though there is nothing new").hasValue(1);
        }
    }

    @Test
    void what_was_noted_too_late_for_a_run_is_in_the_archive_of_the_next(@TempDir Path cache) throws Exception {
        try (ClassDataArchives archives = ClassDataArchives.in(cache, "test")) {
            run(archives, cache);
        }
        try (ClassDataArchives later = ClassDataArchives.in(cache, "test")) {
            assertThat(run(later, cache)).isEqualTo("{\"mapped\":false}\n");
            later.make(made::incrementAndGet);
            assertThat(made).hasValue(1);
            assertThat(run(later, cache)).isEqualTo("{\"mapped\":true}\n");
        }
    }

    @Test
    void an_archive_that_cannot_be_made_is_tried_once(@TempDir Path cache) throws Exception {
        try (ClassDataArchives archives = ClassDataArchives.in(cache, "test")) {
            run(archives, cache);
            Path entry = entry(cache);
            Files.createDirectories(entry.resolve("all.test").resolve("occupied"));
            archives.make(made::incrementAndGet);
            archives.make(made::incrementAndGet);

            assertThat(made).hasValue(1);
            assertThat(run(archives, cache)).isEqualTo("{\"mapped\":false}\n");
        }
    }

    @Test
    void a_damaged_archive_is_done_without(@TempDir Path cache) throws Exception {
        try (ClassDataArchives archives = ClassDataArchives.in(cache, "test")) {
            run(archives, cache);
            archives.make(() -> {});
            Path archive = archive(cache);
            assertThat(archive.toFile().setWritable(true)).isTrue();
            Files.writeString(archive, "damaged");

            assertThat(run(archives, cache)).isEqualTo("{\"mapped\":false}\n");
        }
    }

    @Test
    void without_a_cache_directory_programs_start_all_the_same(@TempDir Path cache) throws Exception {
        Path file = Files.writeString(cache.resolve("occupied"), "");
        try (ClassDataArchives archives = ClassDataArchives.in(file.resolve("below"), "test")) {
            assertThat(archives.of(image, List.of())).noneMatch(option -> option.startsWith("-XX:"));
            assertThat(run(archives, cache)).isEqualTo("{\"mapped\":false}\n");
        }
    }

    private static Path entry(Path cache) throws Exception {
        try (var entries = Files.list(cache)) {
            return entries.findFirst().orElseThrow();
        }
    }

    private static Path archive(Path cache) throws Exception {
        try (var all = Files.walk(cache)) {
            return all.filter(file -> file.toString().endsWith(".jsa"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String run(ClassDataArchives archives, Path cache) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(archives.of(image, List.of()));
        command.add(ClassDataArchivesIT.class.getName());
        command.add(cache.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}

package dev.firedrill.harness.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentLibraryTest {
    private static final Path KNOCK = Path.of("../scenarios/src/main/resources/incidents/knock-2024-06-03.yaml");

    @Test
    void finds_the_incidents_of_a_jar(@TempDir Path directory) throws IOException {
        Path jar = directory.resolve("a program.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry("incidents/"));
            entries.putNextEntry(new JarEntry("incidents/knock-2024-06-03.yaml"));
            entries.write(Files.readAllBytes(KNOCK));
        }

        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            IncidentLibrary library = new IncidentLibrary(loader);

            assertThat(library.names()).containsExactly("knock-2024-06-03");
            assertThat(library.find("knock-2024-06-03", TestVocabulary.vocabulary())
                            .title())
                    .isEqualTo("Dashboard data not loading");
        }
    }

    @Test
    void takes_a_file_by_its_path() {
        IncidentLibrary library = new IncidentLibrary(IncidentLibraryTest.class.getClassLoader());

        assertThat(library.find(KNOCK.toString(), TestVocabulary.vocabulary()).id())
                .isEqualTo("knock-2024-06-03");
    }
}

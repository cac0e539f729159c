package dev.firedrill.harness.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.model.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The documentation's table is the suite's; {@code -Dfiredrill.conformance.write=true} writes it there. */
class ConformanceTableTest {
    private static final Path PAGE = Path.of("..", "docs", "clusters.md");
    private static final String BEGIN = "<!-- written by the conformance suite -->\n";
    private static final String END = "<!-- end of what the conformance suite writes -->";

    @Test
    void the_page_holds_the_table_as_the_suite_has_it() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String table = ConformanceTable.of(List.of("embedded", "k3s"));
        if (Boolean.getBoolean("firedrill.conformance.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
        }
        assertThat(Files.readString(PAGE))
                .as("write it with: mvn -pl harness test -Dtest=ConformanceTableTest "
                        + "-Dfiredrill.conformance.write=true")
                .contains(BEGIN + table + END);
    }

    @Test
    void each_behaviour_has_an_id_and_a_statement_of_its_own() {
        Set<String> seen = new HashSet<>();
        assertThat(Conformance.behaviours()).hasSizeGreaterThan(70).allSatisfy(behaviour -> {
            assertThat(behaviour.id()).matches("[a-z]+\\.[a-z-]+");
            assertThat(seen.add(behaviour.id()) && seen.add(behaviour.statement()))
                    .isTrue();
        });
    }

    @Test
    void a_list_of_deviations_names_behaviours_that_exist_and_is_complete() {
        assertThatThrownBy(() -> read("access.exc: {answer: \"no\", how: a, seen: b}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("kind.yaml: no behaviour is called \"access.exc\"");
        assertThatThrownBy(() -> read("access.exec: {answer: maybe, how: a, seen: b}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("kind.yaml: access.exec needs answer");
    }

    private static void read(String yaml) {
        Deviations.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "kind.yaml");
    }
}

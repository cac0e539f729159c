package dev.firedrill.harness.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.model.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no reader expects in a file is bad input like any other: one line, with its place. */
class MalformedIncidentTest {
    private static final String SET = "set: {\"checks[internal-route].enabled\": true}";

    private static void assertRefused(String right, String wrong, String complaint) {
        String text = SmallIncident.with(right, wrong);
        assertThat(complaint.lines()).hasSize(1);
        assertThatThrownBy(() -> SmallIncident.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(SmallIncident.at(right, complaint));
    }

    @ParameterizedTest
    @ValueSource(strings = {".inf", "-.inf", ".nan", "1e999"})
    void a_number_without_digits_or_end_is_no_value(String number) {
        String complaint = " is no number that can be written down: " + number + "; allowed: digits, as in 0.5";
        assertRefused(
                SET,
                "set: {\"checks[internal-route].enabled\": " + number + "}",
                "checks[internal-route].enabled" + complaint);
        assertRefused("port: 8081}", "port: " + number + "}", "port" + complaint);
    }

    @Test
    void a_fraction_is_a_value() {
        String text = SmallIncident.with(SET, "set: {\"checks[internal-route].enabled\": 2.5e-1}");

        assertThat(SmallIncident.parse(text).cast().changes().values())
                .flatExtracting(change -> change.settings().values())
                .containsExactly(0.25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&s [*s]", "&s true", "*s"})
    void an_anchor_or_alias_is_refused(String value) {
        assertRefused(
                SET,
                "set: {\"checks[internal-route].enabled\": " + value + "}",
                "an anchor or alias (& or *); allowed: the value itself, in quotes if it begins with & or *");
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 3000, 100_000})
    void what_is_nested_too_deep_is_refused(int depth) {
        assertRefused(
                "title: The internal Service selects nothing",
                "title: " + "[".repeat(depth) + "x" + "]".repeat(depth),
                "lists and maps are nested too deep; allowed: up to 20");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/data/%zz | Malformed escape pair",
                "'\"/{x}|y\"' | Illegal character in path",
                "/a^b | Illegal character in path"
            })
    void a_path_is_a_part_of_a_url(String path, String reason) {
        assertRefused(
                "path: /data",
                "path: " + path,
                "path cannot be a part of a URL: \"" + path.replace("\"", "") + "\" (" + reason
                        + "); allowed: letters, digits and -._~/?=&, all else as %XX");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken.1", "broken one"})
    void the_id_of_a_step_is_one_word_without_dots(String id) {
        assertRefused(
                "id: calm",
                "id: " + id,
                "id is not a name: \"" + id + "\"; allowed: letters, digits, dashes and underscores");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/it~ems", "/items/", "/a~"})
    void data_is_a_json_pointer(String pointer) {
        assertRefused(
                "path: /data",
                "path: /data, data: " + pointer,
                "data is not a JSON pointer: \"" + pointer + "\"; allowed: a slash and a name, as in /items"
                        + (pointer.contains("~") ? "; in a name, ~0 for ~ and ~1 for a slash" : ""));
    }

    @Test
    void a_header_is_of_one_line_and_has_a_name() {
        assertRefused(
                "path: /data",
                "path: /data, headers: {X-A: \"a\\r\\nX-B: c\"}",
                "header X-A must be one line, without control characters");
        assertRefused(
                "path: /data",
                "path: /data, headers: {\"X A\": a}",
                "not the name of a header: \"X A\"; allowed: letters, digits, dashes");
    }

    @Test
    void a_host_is_the_name_of_one() {
        assertRefused(
                "host: dashboard.example.com",
                "host: \"dash\\nboard\"",
                "host is not the name of a host: \"dash board\"; allowed: letters, digits, dashes and dots, as in"
                        + " api.example.com");
    }

    @Test
    void a_figure_does_not_run_backwards() {
        String right = "{from: broken, to: fixed, record: fixed}";
        assertRefused(
                right,
                "{from: broken, to: [page, calm], record: fixed}",
                "a figure from \"broken\" does not run backwards, to \"calm\"; allowed: page, no drift, fixed");
        assertRefused(
                right,
                "{from: broken, to: broken, record: fixed}",
                "a figure from \"broken\" does not run backwards, to \"broken\"; allowed: page, no drift, fixed");
        assertRefused(
                right,
                "{from: broken, to: page, record: calm}",
                "a figure from \"broken\" does not run backwards, to \"calm\"; allowed: never, broken, fixed");
    }
}

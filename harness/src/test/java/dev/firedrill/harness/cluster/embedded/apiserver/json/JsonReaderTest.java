package dev.firedrill.harness.cluster.embedded.apiserver.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are those of Go's {@code encoding/json} for the same texts. */
class JsonReaderTest {
    private static JsonReader.Document read(String json) {
        return JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            ``           ~ unexpected end of JSON input
            `{`          ~ unexpected end of JSON input
            `{"a`        ~ unexpected end of JSON input
            `[1,`        ~ unexpected end of JSON input
            `{} {}`      ~ invalid character '{' after top-level value
            `apiVersion` ~ invalid character 'a' looking for beginning of value
            `{bad`       ~ invalid character 'b' looking for beginning of object key string
            `{"a":1,}`   ~ invalid character '}' looking for beginning of object key string
            `{"a" 1}`    ~ invalid character '1' after object key
            `{"a":1 2}`  ~ invalid character '2' after object key:value pair
            `[1 2]`      ~ invalid character '2' after array element
            `[1,]`       ~ invalid character ']' looking for beginning of value
            `tru`        ~ invalid character ' ' in literal true (expecting 'e')
            `nil`        ~ invalid character 'i' in literal null (expecting 'u')
            `-`          ~ invalid character ' ' in numeric literal
            `-a`         ~ invalid character 'a' in numeric literal
            `01`         ~ invalid character '1' after top-level value
            `1.x`        ~ invalid character 'x' after decimal point in numeric literal
            `1e`         ~ invalid character ' ' in exponent of numeric literal
            `"\\x"`       ~ invalid character 'x' in string escape code
            `"\\u00g0"`   ~ invalid character 'g' in \\u hexadecimal character escape
            `'a'`        ~ invalid character '\\'' looking for beginning of value
            """)
    void what_is_no_json_is_told_in_the_words_of_an_api_server(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage(message);
    }

    @Test
    void control_characters_are_shown_escaped() {
        assertThatThrownBy(() -> read("\"a\nb\"")).hasMessage("invalid character '\\n' in string literal");
        assertThatThrownBy(() -> read("\u0001")).hasMessage("invalid character '\\x01' looking for beginning of value");
    }

    @Test
    void a_field_that_occurs_twice_is_noticed_and_the_last_counts() {
        JsonReader.Document document = read("{\"a\":{\"b\":1,\"b\":2}}");
        assertThat(document.duplicates()).containsExactly("a.b");
        assertThat(document.tree().path("a").path("b").asInt()).isEqualTo(2);
    }

    @Test
    void what_is_applied_may_be_json_with_a_comma_too_many() {
        byte[] text = "{\n\t\"a\": [{\n\t\t\"b\": \"tab\tin 'text', \\\"quoted\\\"\",\n\t}],\n}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Yaml.read(text).tree().path("a").path(0).path("b").asString())
                .isEqualTo("tab\tin 'text', \"quoted\"");
    }
}

package dev.firedrill.reports.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.reports.console.ConsoleStyle.Colour;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleStyleTest {
    @Test
    void a_terminal_gets_colours_and_a_log_does_not() {
        assertThat(style(Colour.AUTO, Map.of(), true).colour()).isTrue();
        assertThat(style(Colour.AUTO, Map.of(), false).colour()).isFalse();
    }

    @Test
    void no_color_and_a_dumb_terminal_have_no_colours() {
        assertThat(style(Colour.AUTO, Map.of("NO_COLOR", "1"), true).colour()).isFalse();
        assertThat(style(Colour.AUTO, Map.of("NO_COLOR", ""), true).colour()).isTrue();
        assertThat(style(Colour.AUTO, Map.of("TERM", "dumb"), true).colour()).isFalse();
    }

    @Test
    void a_choice_by_name_wins() {
        assertThat(style(Colour.ALWAYS, Map.of("NO_COLOR", "1"), false).colour())
                .isTrue();
        assertThat(style(Colour.NEVER, Map.of(), true).colour()).isFalse();
    }

    @Test
    void the_width_is_the_terminals_within_reason() {
        assertThat(style(Colour.AUTO, Map.of("COLUMNS", "90"), true).width()).isEqualTo(90);
        assertThat(style(Colour.AUTO, Map.of("COLUMNS", "wide"), true).width()).isEqualTo(110);
        assertThat(style(Colour.AUTO, Map.of("COLUMNS", "20"), true).width()).isEqualTo(60);
        assertThat(style(Colour.AUTO, Map.of("COLUMNS", "400"), true).width()).isEqualTo(160);
    }

    @Test
    void symbols_need_an_encoding_that_has_them() {
        ConsoleStyle latin = ConsoleStyle.of(Colour.AUTO, Map.of(), true, StandardCharsets.ISO_8859_1);
        assertThat(latin.unicode()).isFalse();
        assertThat(latin.charset()).isEqualTo(StandardCharsets.US_ASCII);
        assertThat(style(Colour.AUTO, Map.of(), true).unicode()).isTrue();
    }

    private static ConsoleStyle style(Colour colour, Map<String, String> environment, boolean terminal) {
        return ConsoleStyle.of(colour, environment, terminal, StandardCharsets.UTF_8);
    }
}

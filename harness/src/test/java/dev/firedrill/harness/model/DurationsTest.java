package dev.firedrill.harness.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "2s,PT2S", "5m,PT5M", "10h,PT10H", "3h42m,PT3H42M", "1m30s,PT1M30S", "1.5s,PT1.5S"})
    void reads_a_number_with_a_unit(String text, Duration duration) {
        assertThat(Durations.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-5s", "5 s", "5d", "s", "1s2m", "1.s", "1e3s", "99999999999999999999s"})
    void takes_nothing_else(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,0 ms",
        "PT0.0424S,42 ms",
        "PT0.9996S,1 s",
        "PT4.249S,4.2 s",
        "PT90S,1 min 30 s",
        "PT51M,51 min",
        "PT3H42M,3 h 42 min",
        "PT12H13M0.4S,12 h 13 min",
        "PT-2S,-2 s"
    })
    void words_it_as_people_would(Duration duration, String words) {
        assertThat(Durations.words(duration)).isEqualTo(words);
    }
}

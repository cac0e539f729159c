package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.model.ConfigurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongestDurationTest {
    @Test
    void has_a_unit() {
        assertThat(LongestDuration.parse("--for", "5m")).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "-5m", "0s", "999ms", "25h", "soon", ""})
    void what_has_no_unit_or_is_out_of_range_is_refused(String text) {
        assertThatThrownBy(() -> LongestDuration.parse("--for", text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("--for must be a time with its unit (ms, s, m, h) from 1 s to 24 h")
                .hasMessageEndingWith("not \"" + text + "\"");
    }
}

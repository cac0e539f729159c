package dev.firedrill.harness.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {
    private final Scale scale = new Scale(240, Duration.ofMinutes(1), 3, Duration.ofSeconds(1), List.of());

    @Test
    void intervals_are_divided_and_delivery_is_not() {
        assertThat(scale.scaled(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(250));
        assertThat(scale.cycles(4)).isEqualTo(Duration.ofSeconds(2));
        assertThat(scale.by(1).cycles(4)).isEqualTo(Duration.ofSeconds(241));
    }

    @Test
    void the_cycles_that_a_detection_waited_through_are_stretched_and_its_delivery_is_not() {
        assertThat(scale.unscaled(Duration.ofMillis(500))).isEqualTo(Duration.ofMinutes(2));
        assertThat(scale.unscaled(Duration.ofMillis(900))).isEqualTo(Duration.ofMillis(3 * 60_000 + 150));
        assertThat(scale.by(1).unscaled(Duration.ofSeconds(185))).isEqualTo(Duration.ofSeconds(185));
    }

    @Test
    void a_factor_out_of_range_is_refused() {
        for (int factor : List.of(-1, 0, 100_001)) {
            assertThatThrownBy(() -> scale.by(factor))
                    .hasMessage("the factor of a scale is a number from 1 to 100000: " + factor);
        }
        assertThat(scale.by(1).ratio()).isEqualTo("1:1");
        assertThat(scale.by(100_000).ratio()).isEqualTo("1:100000");
    }
}

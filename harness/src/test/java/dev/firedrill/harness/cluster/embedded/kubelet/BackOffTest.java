package dev.firedrill.harness.cluster.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private final BackOff backOff = new BackOff(Duration.ofSeconds(10), Duration.ofMinutes(5));

    @Test
    void the_first_restart_is_immediate_and_then_waits_double_up_to_five_minutes() {
        List<Long> waits = new ArrayList<>();
        Duration now = Duration.ofSeconds(100);
        for (int restart = 0; restart < 8; restart++) {
            Duration wait = backOff.remaining(now, now).orElse(Duration.ZERO);
            waits.add(wait.toSeconds());
            Duration ended = now;
            now = now.plus(wait);
            assertThat(backOff.remaining(ended, now)).isEmpty();
            backOff.restarted(ended, now);
        }

        assertThat(waits).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);
    }

    @Test
    void ten_minutes_of_running_are_forgiveness() {
        Duration start = Duration.ofSeconds(1);
        backOff.restarted(Duration.ZERO, start);
        Duration almost = start.plusMinutes(10);
        Duration longAfter = start.plusMinutes(10).plusMillis(1);

        assertThat(backOff.remaining(almost, almost)).contains(Duration.ofSeconds(10));
        assertThat(backOff.remaining(longAfter, longAfter)).isEmpty();
    }

    @Test
    void another_program_starts_over() {
        backOff.restarted(Duration.ZERO, Duration.ofSeconds(1));
        backOff.restarted(Duration.ofSeconds(2), Duration.ofSeconds(12));

        backOff.forget();

        assertThat(backOff.remaining(Duration.ofSeconds(13), Duration.ofSeconds(13)))
                .isEmpty();
        backOff.restarted(Duration.ofSeconds(13), Duration.ofSeconds(13));
        assertThat(backOff.current()).isEqualTo(Duration.ofSeconds(10));
    }
}

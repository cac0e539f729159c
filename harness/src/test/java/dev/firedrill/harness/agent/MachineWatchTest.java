package dev.firedrill.harness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MachineWatchTest {
    private final List<Duration> told = new ArrayList<>();
    private long nanoTime;
    private long busy;
    private long total;

    private MachineWatch watching() {
        return new MachineWatch(
                () -> new MachineLoad.Reading(List.of(new MachineLoad.Processor(busy, 0, total)), List.of()),
                () -> nanoTime,
                told::add);
    }

    /** Ten looks, in some of which nothing was left. */
    private void second(MachineWatch watch, int exhausted) {
        for (int i = 0; i < 10; i++) {
            nanoTime += TimeUnit.MILLISECONDS.toNanos(100);
            total += 20;
            busy += i < exhausted ? 20 : 10;
            watch.look();
        }
    }

    @Test
    void what_was_lost_of_a_second_is_told_at_its_end() {
        try (MachineWatch watch = watching()) {
            second(watch, 10);
            second(watch, 0);
            second(watch, 4);
        }
        assertThat(told).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(400));
    }

    @Test
    void a_short_burst_is_not_worth_telling() {
        try (MachineWatch watch = watching()) {
            second(watch, 2);
        }
        assertThat(told).isEmpty();
    }
}

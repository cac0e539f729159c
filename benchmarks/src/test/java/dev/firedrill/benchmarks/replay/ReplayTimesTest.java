package dev.firedrill.benchmarks.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.benchmarks.measure.MeasurementException;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayTimesTest {
    private static final Instant LAUNCHED = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void the_whole_is_divided_where_the_first_replay_ends() {
        List<TimelineEvent> journal = List.of(
                event(1, EventType.RUN_STARTED, 2),
                event(2, EventType.DRILL_STARTED, 4),
                event(3, EventType.DRILL_FINISHED, 11),
                event(4, EventType.DRILL_STARTED, 13),
                event(5, EventType.DRILL_FINISHED, 21));

        ReplayTimes times = ReplayTimes.of(journal, LAUNCHED, LAUNCHED.plusSeconds(22));

        assertThat(times)
                .isEqualTo(new ReplayTimes(seconds(2), seconds(11), seconds(11), List.of(seconds(7), seconds(8))));
    }

    @Test
    void a_replay_that_did_not_finish_is_no_measure() {
        List<TimelineEvent> journal = List.of(
                event(1, EventType.RUN_STARTED, 2),
                event(2, EventType.DRILL_STARTED, 4),
                event(3, EventType.DRILL_FINISHED, 11),
                event(4, EventType.DRILL_STARTED, 13));

        assertThatThrownBy(() -> ReplayTimes.of(journal, LAUNCHED, LAUNCHED.plusSeconds(22)))
                .isInstanceOf(MeasurementException.class)
                .hasMessage("the journal tells of 2 replays begun and 1 finished, not of 2");
    }

    private static TimelineEvent event(long sequence, String type, int second) {
        return new TimelineEvent(
                sequence, type, "", "harness", LAUNCHED.plusSeconds(second), seconds(second), Duration.ZERO, Map.of());
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}

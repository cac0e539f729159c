package dev.firedrill.harness.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MomentTest {
    private static final Instant START = Instant.parse("2025-01-07T08:00:00Z");

    private final List<TimelineEvent> events = new ArrayList<>();

    @Test
    void a_fault_that_is_injected_twice_has_two_moments() {
        add(EventType.FAULT_INJECTED, "outage", "inject");
        add(EventType.FAULT_UNDONE, "outage", "inject");
        add(EventType.FAULT_INJECTED, "another", "inject");
        add(EventType.FAULT_INJECTED, "outage", "inject");

        assertThat(Moment.faultActive("outage").in(events)).contains(START);
        assertThat(Moment.faultActive("outage", 2).in(events)).contains(START.plusSeconds(3));
        assertThat(Moment.faultActive("outage", 3).in(events)).isEmpty();
        assertThat(Moment.faultActive("outage", 2).description()).isEqualTo("the fault 'outage', time 2");
    }

    @Test
    void a_latent_fault_is_undone_when_its_plant_is_and_not_when_its_trigger_is() {
        add(EventType.FAULT_INJECTED, "mistake", "plant");
        add(EventType.FAULT_INJECTED, "mistake", "trigger");
        add(EventType.FAULT_UNDONE, "mistake", "trigger");
        add(EventType.FAULT_UNDONE, "mistake", "plant");

        assertThat(Moment.faultPlanted("mistake").in(events)).contains(START);
        assertThat(Moment.faultActive("mistake").in(events)).contains(START.plusSeconds(1));
        assertThat(Moment.faultUndone("mistake").in(events)).contains(START.plusSeconds(3));
    }

    @Test
    void moments_are_counted_from_one() {
        assertThatThrownBy(() -> Moment.faultActive("outage", 0)).hasMessage("events are counted from 1, not from 0");
    }

    private void add(String type, String fault, String phase) {
        int number = events.size();
        events.add(new TimelineEvent(
                number + 1,
                type,
                "drill",
                "harness",
                START.plusSeconds(number),
                Duration.ofSeconds(number),
                Duration.ZERO,
                Map.of("fault", fault, "phase", phase)));
    }
}

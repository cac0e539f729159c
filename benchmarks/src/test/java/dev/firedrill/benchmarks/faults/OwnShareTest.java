package dev.firedrill.benchmarks.faults;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.benchmarks.measure.MeasurementException;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillBuilder;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnShareTest {
    private static final Instant START = Instant.parse("2025-01-07T08:00:00Z");

    private final List<TimelineEvent> events = new ArrayList<>();

    /**
     * Prepared for 50 ms, 8 of which were an answer, changed for 20 ms, unseen for 1 s, and then seen within 40 ms, 10
     * of which were an answer.
     */
    private void injected() {
        add(1070, EventType.FAULT_INJECTED, Map.of("preparedMs", 50.0, "answeringMs", 8.0, "waitedMs", 5.0));
        add(2110, EventType.FAULT_PROVEN, Map.of("afterMs", 1060, "seeingMs", 40.0, "answeringMs", 10.0));
    }

    private void undone(int provenAt) {
        add(3000, EventType.FAULT_UNDONE, Map.of("tookMs", 30.0, "waitedMs", 0.0));
        add(3100, EventType.PROBE_SAMPLE, Map.of("probe", "p", "outcome", "failed"));
        add(3300, EventType.PROBE_SAMPLE, Map.of("probe", "p", "outcome", "ok"));
        add(3700, EventType.NOTE, Map.of("text", Events.READY));
        recovered(3710, "everything is ready again afterwards");
        recovered(provenAt, "every probe is healthy again afterwards");
        recovered(provenAt, "connections that were open before are healthy again afterwards");
    }

    private void recovered(int at, String text) {
        add(at, EventType.EXPECTATION_JUDGED, Map.of("text", text, "verdict", "PASS"));
    }

    private void add(int millis, String type, Map<String, Object> data) {
        Duration at = ofMillis(millis);
        events.add(new TimelineEvent(
                events.size() + 1, type, "drill", "harness", START.plus(at), at, Duration.ZERO, data));
    }

    @Test
    void what_the_system_has_not_yet_shown_is_not_the_harness_s_own() {
        injected();
        undone(3850);

        OwnShare share = OwnShare.of(new Events(events));

        assertThat(share.injected()).isEqualTo(ofMillis(1110));
        assertThat(share.injecting()).isEqualTo(ofMillis(1110 - 1000 - 10 - 8 - 5));
        assertThat(share.recovered()).isEqualTo(ofMillis(3850 - 2970));
        assertThat(share.recovering())
                .as("30 ms for the undo, and 50 ms after the probes had been healthy for half a second")
                .isEqualTo(ofMillis(80));
    }

    @Test
    void a_harness_that_looks_late_has_a_larger_share() {
        injected();
        undone(4800);

        assertThat(OwnShare.of(new Events(events)).recovering()).isEqualTo(ofMillis(1030));
    }

    @Test
    void without_a_proof_nothing_is_measured() {
        add(1070, EventType.FAULT_INJECTED, Map.of("preparedMs", 50.0, "waitedMs", 5.0));

        assertThatThrownBy(() -> OwnShare.of(new Events(events)))
                .isInstanceOf(MeasurementException.class)
                .hasMessage("the drill has no fault.proven");
    }

    @Test
    void a_drill_needs_what_it_asks_for_and_what_the_system_took() {
        add(0, EventType.DRILL_STARTED, Map.of());
        canary("before", 100, 400, 600);
        injected();
        add(2900, EventType.EXPECTATION_JUDGED, Map.of("step", "s3", "tookMs", 1500, "text", "", "verdict", "PASS"));
        undone(3850);
        canary("after", 3900, 4100, 4300);

        Duration unavoidable = Unavoidable.of(
                drill().fromSteadyState()
                        .inject("it", BrokenService.selectingNothing("web", 8080))
                        .expect()
                        .observe(Duration.ofSeconds(2))
                        .build(),
                new Events(events));

        // canary 500, steady until then; alert 1500 after the injection; 2000; ready 700 after the undo; canary 400
        assertThat(unavoidable).isEqualTo(ofMillis(500 + 1500 + 2000 + 700 + 400));
    }

    private void canary(String phase, int asked, int paged, int resolved) {
        add(asked, EventType.CANARY, Map.of("phase", phase, "stage", "asked"));
        add(paged, EventType.CANARY, Map.of("phase", phase, "stage", "paged"));
        add(resolved, EventType.CANARY, Map.of("phase", phase, "stage", "resolved"));
    }

    private static DrillBuilder drill() {
        return Drill.named("drill");
    }
}

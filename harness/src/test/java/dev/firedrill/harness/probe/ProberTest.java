package dev.firedrill.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.agent.Agent;
import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.agent.AgentSettings;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProberTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Journal journal = Journal.inMemory(Timekeeper.system());
    private final RawServer server = new RawServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private ProbeSpec.Builder outside(String name) {
        return ProbeSpec.outside(name)
                .service("web", server.port())
                .every(Duration.ofMillis(50))
                .timeout(Duration.ofSeconds(10));
    }

    private Prober start(ProbeSpec... probes) {
        Prober prober = new OutsideProber(new LoopbackCluster(), "shop", journal, List.of(probes));
        prober.start();
        return prober;
    }

    private List<TimelineEvent> samples(String probe) {
        return journal.events().stream()
                .filter(event -> event.type().equals(EventType.PROBE_SAMPLE))
                .filter(event -> event.text("probe").equals(probe))
                .toList();
    }

    private TimelineEvent awaitOutcome(String probe, String outcome) {
        await().atMost(LONG).until(() -> samples(probe).stream()
                .anyMatch(event -> event.text("outcome").equals(outcome)));
        return samples(probe).stream()
                .filter(event -> event.text("outcome").equals(outcome))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void journals_a_healthy_target() {
        try (Prober prober = start(outside("web").host("api.example.com").build())) {
            TimelineEvent sample = awaitOutcome("web", "ok");

            assertThat(prober.settle(LONG)).isTrue();
            assertThat(sample.source()).isEqualTo("harness");
            assertThat(sample.data())
                    .containsEntry("vantage", "outside")
                    .containsEntry("status", 200)
                    .containsKeys("latencyMs", "intendedAt")
                    .doesNotContainKey("detail");
            assertThat(server.lastHost()).isEqualTo("api.example.com");
        }
    }

    @Test
    void every_tick_of_the_schedule_has_its_sample_once() {
        Instant before = Instant.now();
        try (Prober prober = start(outside("web").build())) {
            await().atMost(LONG).until(() -> samples("web").size() >= 20);
            assertThat(prober.settle(LONG)).isTrue();
        }

        List<Instant> intended = samples("web").stream()
                .map(event -> Instant.parse(event.text("intendedAt")))
                .sorted()
                .toList();
        assertThat(new HashSet<>(intended)).hasSameSizeAs(intended);
        assertThat(intended.get(0)).isAfterOrEqualTo(before);
        for (int i = 1; i < intended.size(); i++) {
            assertThat(Duration.between(intended.get(i - 1), intended.get(i))).isEqualTo(Duration.ofMillis(50));
        }
    }

    @Test
    void sees_an_error_and_a_body_without_its_data() {
        server.answer("503 Service Unavailable", "{\"items\":[]}");
        ProbeSpec data = outside("data").status(503).withData("/items").build();
        try (Prober prober = start(outside("status").build(), data)) {
            assertThat(awaitOutcome("status", "failed").data())
                    .containsEntry("status", 503)
                    .containsEntry("detail", "HTTP 503 instead of 200");
            assertThat(awaitOutcome("data", "failed").text("detail"))
                    .isEqualTo("what the body has at '/items' is empty");
            server.answer("503 Service Unavailable", "{\"items\":[1]}");
            awaitOutcome("data", "ok");
            assertThat(prober.settle(LONG)).isTrue();
        }
    }

    @Test
    void asks_no_name_service_for_what_is_published_on_this_machine() {
        try (Prober prober = start(outside("web").build())) {
            awaitOutcome("web", "ok");
            assertThat(server.lastHost()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(prober.settle(LONG)).isTrue();
        }
    }

    @Test
    void sees_a_target_that_refuses() {
        server.refuse();
        try (Prober prober = start(outside("web").build())) {
            assertThat(awaitOutcome("web", "failed").text("detail")).contains("refused");
            assertThat(prober.settle(LONG)).isTrue();
        }
    }

    @Test
    void sees_a_target_that_hangs_and_goes_on_asking_meanwhile() {
        server.hang();
        try (Prober prober =
                start(outside("web").timeout(Duration.ofMillis(400)).build())) {
            assertThat(awaitOutcome("web", "failed").text("detail")).startsWith("no answer within 400 ms");
            await().atMost(LONG).until(() -> server.connections() > 3);
            assertThat(prober.settle(LONG)).isTrue();
        }
    }

    @Test
    void a_connection_whose_first_packet_is_lost_is_no_outage() throws IOException {
        assumeThat(FullServer.HANDSHAKES).as("what tells of open handshakes").exists();
        ProbeSpec.Builder probe = ProbeSpec.outside("web").every(Duration.ofSeconds(10));
        try (FullServer full = new FullServer();
                Prober prober = start(probe.service("web", full.port()).build())) {
            await().atMost(LONG).until(full::losesPackets);
            full.serve();

            assertThat(Double.parseDouble(awaitOutcome("web", "ok").text("latencyMs")))
                    .isGreaterThan(900);
            assertThat(prober.settle(LONG)).isTrue();
        }
    }

    @Test
    void an_open_connection_stays_healthy_while_new_ones_are_refused() {
        ProbeSpec fresh = outside("fresh").build();
        try (Prober prober = start(fresh, fresh.onOpenConnection("kept"))) {
            awaitOutcome("kept", "ok");
            awaitOutcome("fresh", "ok");
            server.refuse();
            Instant refused = awaitOutcome("fresh", "failed").at();
            await().atMost(LONG).until(() -> samples("kept").stream()
                    .anyMatch(event -> event.at().isAfter(refused.plusMillis(200))));
            assertThat(prober.settle(LONG)).isTrue();

            assertThat(samples("kept"))
                    .extracting(event -> event.text("outcome"))
                    .doesNotContain("failed");
        }
    }

    @Test
    void a_kept_connection_that_breaks_is_opened_again() {
        ProbeSpec kept =
                outside("kept").keepOpen().timeout(Duration.ofMillis(500)).build();
        try (Prober prober = start(kept)) {
            awaitOutcome("kept", "ok");
            int first = server.connections();
            assertThat(first).isEqualTo(1);
            server.hang();
            awaitOutcome("kept", "failed");
            await().atMost(LONG).until(() -> server.connections() > first);
            assertThat(prober.settle(LONG)).isTrue();
        }
    }

    @Test
    void refuses_probes_of_the_other_vantage_and_twins() {
        ProbeSpec web = outside("web").build();
        ProbeSpec inside = ProbeSpec.inside("in").url("http://web:8080").build();

        assertThatThrownBy(() -> new OutsideProber(new LoopbackCluster(), "shop", journal, List.of(inside)))
                .hasMessage("probe 'in' looks from inside, and so cannot run here");
        assertThatThrownBy(() -> new OutsideProber(new LoopbackCluster(), "shop", journal, List.of(web, web)))
                .hasMessage("two probes are called 'web'");
        assertThatThrownBy(() -> ProbeSpec.inside("x").build())
                .hasMessage("probe 'x' needs a target: service(..) or url(..)");
    }

    @Test
    void the_inside_prober_journals_what_the_agent_saw(@TempDir Path directory) {
        Agent agent =
                Agent.start(new AgentSettings("127.0.0.1", 0, directory, "secret", AgentSettings.Variant.CORRECT));
        URI address = URI.create("http://127.0.0.1:" + agent.port());
        ProbeSpec probe = ProbeSpec.inside("internal")
                .url("http://127.0.0.1:" + server.port())
                .every(Duration.ofMillis(50))
                .withData("/items")
                .build();
        try (agent;
                AgentClient client = AgentClient.at(address, "secret", Timekeeper.system());
                Prober prober = new InsideProber(client, journal, List.of(probe))) {
            prober.start();
            TimelineEvent healthy = awaitOutcome("internal", "ok");
            server.answer("200 OK", "{}");
            TimelineEvent empty = awaitOutcome("internal", "failed");
            assertThat(prober.settle(LONG)).isTrue();

            assertThat(healthy.source()).isEqualTo("agent");
            assertThat(healthy.offsetBound()).isPositive();
            assertThat(healthy.data()).containsEntry("vantage", "inside");
            assertThat(empty.text("detail")).isEqualTo("the body has nothing at '/items'");
        }
        List<String> intended = samples("internal").stream()
                .map(event -> event.text("intendedAt"))
                .toList();
        assertThat(new HashSet<>(intended)).hasSameSizeAs(intended);
    }
}

package dev.firedrill.harness.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.agent.Agent;
import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.agent.AgentSettings;
import dev.firedrill.harness.agent.Alertmanager;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.harness.timeline.Timekeeper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagerTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Path directory;
    private final Journal journal = Journal.inMemory(Timekeeper.system());
    private Agent agent;
    private AgentClient client;
    private Pager pager;

    PagerTest(@TempDir Path directory) {
        this.directory = directory;
        this.agent = agent(directory, AgentSettings.Variant.CORRECT);
        this.client = client(agent);
        this.pager = Pager.follow(client, journal);
    }

    private static Agent agent(Path directory, AgentSettings.Variant variant) {
        return Agent.start(new AgentSettings("127.0.0.1", 0, directory, "secret", variant));
    }

    private static AgentClient client(Agent agent) {
        return AgentClient.at(URI.create("http://127.0.0.1:" + agent.port()), "secret", Timekeeper.system());
    }

    private void restartAs(AgentSettings.Variant variant) {
        stop();
        agent = agent(directory, variant);
        client = client(agent);
        pager = Pager.follow(client, journal);
    }

    @AfterEach
    void stop() {
        pager.close();
        client.close();
        agent.close();
    }

    private String fire(String alert, String labels) throws Exception {
        String since = Instant.now().toString();
        Alertmanager.post(agent.port(), Alertmanager.firing(alert, labels, since));
        return since;
    }

    @Test
    void journals_what_is_delivered() throws Exception {
        fire("BacklogOld", "\"severity\":\"page\"");

        ReceivedAlert page =
                pager.awaitFiring(AlertMatch.named("BacklogOld"), LONG).orElseThrow();

        TimelineEvent event = journal.events().stream()
                .filter(one -> one.type().equals(EventType.ALERT_RECEIVED))
                .findFirst()
                .orElseThrow();
        assertThat(event.source()).isEqualTo("agent");
        assertThat(event.at()).isEqualTo(page.receivedAt());
        assertThat(event.offsetBound()).isPositive();
        assertThat(event.data())
                .containsEntry("alert", "BacklogOld")
                .containsEntry("status", "firing")
                .containsEntry("labels", Map.of("alertname", "BacklogOld", "severity", "page"))
                .containsEntry("canary", false)
                .containsKeys("annotations", "startsAt", "cursor", "receivedAt", "fingerprint");
        assertThat(ReceivedAlert.from(event)).contains(page);
    }

    @Test
    void waits_for_labels_and_in_vain_for_others() throws Exception {
        fire("InternalRouteDown", "\"edge\":\"dashboard->api:8080\"");
        AlertMatch match = AlertMatch.named("InternalRouteDown");

        assertThat(pager.awaitFiring(match.withLabel("edge", "dashboard->api:8080"), LONG))
                .isPresent();
        assertThat(pager.awaitFiring(match.withLabel("edge", "other->api:8080"), SHORT))
                .isEmpty();
        assertThat(journal.events()).last().satisfies(event -> assertThat(event.type())
                .isEqualTo(EventType.PAGER_READ));
    }

    @Test
    void journals_that_it_reads_although_nothing_comes() {
        await().atMost(LONG)
                .until(() -> journal.events().stream()
                                .filter(event -> event.type().equals(EventType.PAGER_READ))
                                .count()
                        >= 2);
    }

    @Test
    void subtracts_the_baseline_even_when_it_is_notified_again() throws Exception {
        String since = fire("Known", "");
        pager.awaitFiring(AlertMatch.any(), LONG);
        pager.markBaseline();
        Instant marked = Instant.now();
        Alertmanager.post(agent.port(), Alertmanager.firing("Known", "", since));

        assertThat(pager.awaitFiring(AlertMatch.any(), SHORT)).isEmpty();
        assertThat(pager.alerts()).hasSize(2);
        assertThat(pager.silentSince(marked)).isTrue();
    }

    @Test
    void knows_when_an_alert_has_resolved() throws Exception {
        String since = fire("A", "");
        assertThat(pager.awaitResolved(AlertMatch.named("A"), SHORT)).isFalse();
        Alertmanager.post(
                agent.port(),
                Alertmanager.resolved("A", "", since, Instant.now().toString()));

        assertThat(pager.awaitResolved(AlertMatch.named("A"), LONG)).isTrue();
        assertThat(pager.firing()).isEmpty();
    }

    @Test
    void a_canary_goes_the_whole_way_and_is_never_an_alert_under_test() {
        try (SmallMonitor monitor = new SmallMonitor(agent.port(), SmallMonitor.Bug.NONE)) {
            monitor.start();
            Canary canary = new Canary(client, pager, journal);
            CanaryResult before = canary.send(Canary.Phase.BEFORE, LONG);
            assertThat(before.trusted()).isTrue();
            Instant from = Instant.now();
            Instant until = from.plus(before.took()).plus(before.took());
            await().until(() -> Instant.now().isAfter(until));
            CanaryResult after = canary.send(Canary.Phase.AFTER, LONG);

            assertThat(after.trusted()).isTrue();
            assertThat(pager.alerts()).isEmpty();
            assertThat(journal.events().stream().filter(one -> one.type().equals(EventType.CANARY)))
                    .extracting(one -> one.text("phase") + " " + one.text("stage"))
                    .containsExactly(
                            "before asked",
                            "before paged",
                            "before resolved",
                            "after asked",
                            "after paged",
                            "after resolved");
            assertThat(AlertCheck.silence(AlertMatch.any(), Moment.at(from), Moment.at(until))
                            .judge(journal.events())
                            .reason())
                    .contains("a canary was paged before and after");
        }
    }

    @Test
    void says_where_a_canary_was_lost() {
        assertLost(SmallMonitor.Bug.NEVER_LOOKS, "/canary was requested 0 times");
        assertLost(SmallMonitor.Bug.NEVER_SENDS, "and the inbox acknowledged 0 notifications");
        restartAs(AgentSettings.Variant.DROPS);
        assertLost(SmallMonitor.Bug.NONE, "no canary page within 1.5 s");
    }

    private void assertLost(SmallMonitor.Bug bug, String where) {
        try (SmallMonitor monitor = new SmallMonitor(agent.port(), bug)) {
            monitor.start();
            CanaryResult result = new Canary(client, pager, journal).send(Canary.Phase.BEFORE, Duration.ofMillis(1500));

            assertThat(result.trusted()).isFalse();
            assertThat(result.paged()).isFalse();
            assertThat(result.reason()).contains(where);
        }
    }

    @Test
    void a_canary_that_does_not_resolve_is_not_trusted_and_vouches_for_no_other() {
        try (SmallMonitor monitor = new SmallMonitor(agent.port(), SmallMonitor.Bug.NEVER_RESOLVES)) {
            monitor.start();
            Canary canary = new Canary(client, pager, journal);
            assertThat(canary.send(Canary.Phase.BEFORE, Duration.ofSeconds(5)))
                    .satisfies(result -> assertThat(result.paged()).isTrue())
                    .satisfies(result -> assertThat(result.trusted()).isFalse());
            Instant now = Instant.now();
            assertThat(canary.send(Canary.Phase.AFTER, SHORT).reason())
                    .contains("an earlier canary is still firing after 300 ms");
            assertThat(AlertCheck.silence(AlertMatch.any(), Moment.at(now.minusNanos(1)), Moment.at(now))
                            .judge(journal.events())
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }
    }
}

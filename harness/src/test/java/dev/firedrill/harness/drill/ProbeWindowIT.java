package dev.firedrill.harness.drill;

import static dev.firedrill.harness.drill.Demands.probe;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.probe.ProbeSpec;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is demanded of a probe in a window is judged of the whole window. */
@Tag("waits")
class ProbeWindowIT {
    @SuppressWarnings("NullAway.Init")
    private static Cluster cluster;

    private final Journal journal = Journal.inMemory(Timekeeper.system());
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean hanging;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private static final class Nothing implements SystemUnderDrill {
        @Override
        public List<HasMetadata> objects(Map<String, String> variants) {
            return List.of();
        }

        @Override
        public Set<String> ownAnnotations() {
            return Set.of();
        }

        @Override
        public DelayedWork delayedWork(Stage stage) {
            throw new UnsupportedOperationException("nothing is edited");
        }
    }

    @BeforeAll
    static void hold() {
        cluster = Clusters.start("embedded", ClusterRequest.plain());
    }

    @AfterAll
    static void letGo() {
        cluster.close();
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
        journal.close();
    }

    private void answer(HttpExchange request) throws IOException {
        try (request) {
            if (hanging) {
                released.await();
            }
            request.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProbeSpec patient() {
        return ProbeSpec.outside("patient")
                .url("http://127.0.0.1:" + server.getAddress().getPort())
                .timeout(ofSeconds(30))
                .build();
    }

    private TimelineEvent run(Drill drill, Path directory) {
        StageRequest request = new StageRequest(drill.name(), "run", directory, 1, Map.of());
        try (Stage stage = Stage.raise(cluster, new Nothing(), request, journal)) {
            new DrillRunner(stage).run(drill);
        }
        return events(EventType.EXPECTATION_JUDGED).stream()
                .filter(event -> event.text("expectation").equals("e1"))
                .findFirst()
                .orElseThrow();
    }

    private List<TimelineEvent> events(String type) {
        return journal.events().stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }

    @Test
    void one_that_ends_later_is_waited_for(@TempDir Path directory) {
        Moment later = Moment.stepFinished("s1").plus(ofSeconds(3));
        TimelineEvent judged = run(
                Drill.named("later")
                        .watching(patient())
                        .fromSteadyState()
                        .expect(probe(patient()).staysHealthyUntil(later))
                        .build(),
                directory);

        assertThat(judged.text("verdict")).as(judged.text("reason")).isEqualTo(Verdict.PASS.name());
        assertThat(judged.at())
                .isAfter(
                        later.in(journal.events()).orElseThrow().minus(patient().interval()));
    }

    @Test
    void one_whose_requests_hang_is_not_said_to_be_healthy(@TempDir Path directory) {
        journal.listen(event -> {
            if (event.type().equals(EventType.STEP_STARTED)
                    && event.text("step").equals("s2")) {
                hanging = true;
            } else if (event.text("expectation").equals("e1")) {
                hanging = false;
                released.countDown();
            }
        });
        TimelineEvent judged = run(
                Drill.named("hanging")
                        .watching(patient())
                        .fromSteadyState(ofSeconds(1), ofSeconds(20))
                        .observe(ofMillis(500))
                        .expect(probe(patient()).staysHealthyUntil(Moment.stepFinished("s2")))
                        .build(),
                directory);

        assertThat(judged.text("verdict")).as(judged.text("reason")).isEqualTo(Verdict.INCONCLUSIVE.name());
        assertThat(judged.text("reason"))
                .startsWith("Probe 'patient' cannot be judged: of a request that was due")
                .contains("nothing is known yet");
        assertThat(events(EventType.NOTE))
                .extracting(event -> event.text("text"))
                .contains("requests of probes are open for 5 s and more; what is demanded of these probes cannot be"
                        + " judged");
    }
}

package dev.firedrill.harness.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A late answer is a failure of the target, unless the machine had no processor to spare. */
class OpenLoopProberTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final Vertx vertx = Vertx.vertx();
    private final Queue<ProbeSample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicLong passed = new AtomicLong();

    private final MachineLoad idle = () -> new MachineLoad.Reading(0, passed.incrementAndGet());
    private final MachineLoad exhausted = () -> {
        long now = passed.incrementAndGet();
        return new MachineLoad.Reading(now, now);
    };

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void a_late_answer_of_an_idle_machine_is_a_failure() {
        try (OpenLoopProber prober = probing(700, idle)) {
            assertThat(first(prober)).isEqualTo("failed: no answer within 500 ms");
        }
    }

    @Test
    void a_late_answer_of_an_exhausted_machine_says_nothing() {
        try (OpenLoopProber prober = probing(700, exhausted)) {
            assertThat(first(prober))
                    .startsWith("missed: the machine was overloaded while the answer was on its way: ")
                    .endsWith(" ms late");
        }
    }

    @Test
    void a_target_that_never_answers_fails_on_an_exhausted_machine_too_and_at_its_time() {
        try (OpenLoopProber prober = probing(600_000, exhausted)) {
            assertThat(first(prober)).isEqualTo("failed: no answer within 500 ms");
            assertThat(samples.element().latency()).isBetween(TIMEOUT, TIMEOUT.multipliedBy(2));
        }
    }

    @Test
    void the_kernels_line_is_read_with_stolen_time_as_busy() {
        MachineLoad.Reading before =
                MachineLoad.parse("cpu  100 10 50 800 40 0 0 0 0 0").orElseThrow();
        MachineLoad.Reading after =
                MachineLoad.parse("cpu  150 10 60 810 40 0 0 30 0 0").orElseThrow();

        assertThat(after.since(before)).isEqualTo(0.9);
        assertThat(before.since(before)).isZero();
        assertThat(MachineLoad.parse("intr 1 2 3")).isEmpty();
    }

    private String first(OpenLoopProber prober) {
        await().atMost(LONG).until(() -> !samples.isEmpty());
        CompletableFuture<Void> unused = prober.stop();
        ProbeSample sample = samples.element();
        return sample.outcome().label() + ": " + sample.detail();
    }

    private OpenLoopProber probing(long answerAfterMillis, MachineLoad machine) {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> vertx.setTimer(
                        answerAfterMillis, timer -> request.response().end()))
                .listen(0, "127.0.0.1")
                .await();
        ProbePlan plan = new ProbePlan(
                "web",
                URI.create("http://127.0.0.1:" + server.actualPort() + "/"),
                "",
                "GET",
                Map.of(),
                Duration.ofSeconds(30),
                TIMEOUT,
                AnswerExpectation.status(200),
                false);
        return OpenLoopProber.start(
                vertx,
                List.of(plan),
                sample -> {
                    samples.add(sample);
                    return CompletableFuture.completedFuture(null);
                },
                machine);
    }
}

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
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final Vertx vertx = Vertx.vertx();
    private final Queue<ProbeSample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicLong passed = new AtomicLong();

    private final MachineLoad idle = () -> one(0, passed.incrementAndGet());
    private final MachineLoad exhausted = () -> {
        long now = passed.incrementAndGet();
        return one(now, now);
    };

    /** Exhausted at first, for three looks, which are a tenth of a second apart. */
    private final MachineLoad relieved = () -> {
        long now = passed.incrementAndGet();
        return one(Math.min(now, 4), now);
    };

    private static MachineLoad.Reading one(long busy, long total) {
        return new MachineLoad.Reading(List.of(new MachineLoad.Processor(busy, 0, total)), List.of());
    }

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
            assertThat(first(prober))
                    .matches("failed: no answer within 500 ms, nor in \\d+ ms more, given to a busy machine");
            assertThat(samples.element().latency()).isBetween(TIMEOUT, TIMEOUT.multipliedBy(2));
        }
    }

    @Test
    void an_answer_that_is_later_than_the_machine_made_it_is_a_failure() {
        try (OpenLoopProber prober = probing(1_900, relieved)) {
            assertThat(first(prober))
                    .matches("failed: no answer within 500 ms, nor in \\d+ ms more, given to a busy machine");
            assertThat(samples.element().latency()).isBetween(TIMEOUT, TIMEOUT.multipliedBy(2));
        }
    }

    @Test
    void what_the_kernel_counts_is_read_with_stolen_time_as_busy() {
        MachineLoad.Reading before =
                reading("cpu  200 0 0 1800 0 0 0 0 0 0", "cpu0 100 0 0 800 90 0 0 10 0 0", "cpu1 100 0 0 900 0 0 0 0");

        assertThat(reading("cpu0 196 0 0 802 91 1 0 10 0 0", "cpu1 130 0 10 903 0 0 0 57")
                        .lostSince(before, SECOND))
                .as("193 of 199 ticks are busy or stolen")
                .isEqualTo(1);
        assertThat(reading("cpu0 190 0 0 810 90 0 0 10 0 0", "cpu1 130 0 0 950 0 0 0 20")
                        .lostSince(before, SECOND))
                .as("of one processor a fifth was stolen")
                .isEqualTo(0.2);
        assertThat(reading("cpu0 190 0 0 810 90 0 0 10 0 0", "cpu1 190 0 0 920 0 0 0 0")
                        .lostSince(before, SECOND))
                .as("there was time left")
                .isZero();
        assertThat(before.lostSince(before, SECOND)).isZero();
        assertThat(reading("cpu0 190 0 0 810 90 0 0 10 0 0").lostSince(before, SECOND))
                .as("a processor was taken away")
                .isZero();
        assertThat(reading("intr 1 2 3").processors()).isEmpty();
    }

    @Test
    void what_everybody_waited_for_is_read_in_microseconds() {
        MachineLoad.Reading before = waiting(5_000_000, 70);

        assertThat(waiting(5_250_000, 70).lostSince(before, SECOND)).isEqualTo(0.25);
        assertThat(waiting(5_250_000, 500_070).lostSince(before, SECOND)).isEqualTo(0.5);
        assertThat(waiting(7_000_000, 70).lostSince(before, SECOND)).isEqualTo(1);
        assertThat(before.lostSince(before, SECOND)).isZero();
        assertThat(waiting(6_000_000, 70).lostSince(reading(), SECOND))
                .as("a kernel that does not tell")
                .isZero();
    }

    private static MachineLoad.Reading reading(String... lines) {
        return MachineLoad.Reading.parse(List.of(lines), List.of(), List.of());
    }

    private static MachineLoad.Reading waiting(long disks, long memory) {
        return MachineLoad.Reading.parse(List.of(), pressure(disks), pressure(memory));
    }

    private static List<String> pressure(long micros) {
        return List.of(
                "some avg10=99.00 avg60=99.00 avg300=99.00 total=99999999",
                "full avg10=0.18 avg60=0.19 avg300=0.22 total=" + micros);
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

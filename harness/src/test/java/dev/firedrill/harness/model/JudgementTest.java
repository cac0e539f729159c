package dev.firedrill.harness.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static Judgement judgement(Verdict verdict, @Nullable Duration deadline, @Nullable Duration took) {
        return new Judgement("it works", ExpectationKind.EFFECT, verdict, "It works.", List.of(), deadline, took);
    }

    private static Judgement passed(long tookMillis) {
        return judgement(Verdict.PASS, Duration.ofSeconds(10), Duration.ofMillis(tookMillis));
    }

    @Test
    void the_margin_is_the_share_of_the_deadline_that_was_left() {
        assertThat(passed(0).margin()).contains(1.0);
        assertThat(passed(2500).margin()).contains(0.75);
        assertThat(passed(10_000).margin()).contains(0.0);
        assertThat(judgement(Verdict.FAIL, Duration.ofSeconds(10), Duration.ofSeconds(15))
                        .margin())
                .contains(-0.5);
    }

    @Test
    void there_is_no_margin_without_a_deadline_or_a_time() {
        assertThat(judgement(Verdict.PASS, null, Duration.ofSeconds(1)).margin())
                .isEmpty();
        assertThat(judgement(Verdict.FAIL, Duration.ofSeconds(1), null).margin())
                .isEmpty();
        assertThat(judgement(Verdict.PASS, Duration.ZERO, Duration.ZERO).margin())
                .isEmpty();
    }

    @Test
    void a_pass_with_less_than_a_fifth_left_is_close() {
        assertThat(passed(7999).isClose()).isFalse();
        assertThat(passed(8000).isClose()).isFalse();
        assertThat(passed(8001).isClose()).isTrue();
        assertThat(judgement(Verdict.PASS, null, null).isClose()).isFalse();
    }

    @Test
    void what_is_no_pass_is_not_close() {
        for (Verdict verdict : List.of(Verdict.FAIL, Verdict.INCONCLUSIVE)) {
            assertThat(judgement(verdict, Duration.ofSeconds(10), Duration.ofMillis(9999))
                            .isClose())
                    .isFalse();
        }
    }
}

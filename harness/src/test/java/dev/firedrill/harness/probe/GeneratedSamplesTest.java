package dev.firedrill.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the samples, the checks keep to what they promise. */
class GeneratedSamplesTest {
    private static final Moment FAULT = Moment.stepFinished("fault");
    private static final Moment END = Moment.stepFinished("end");

    @Provide
    Arbitrary<String> outcomes() {
        return Arbitraries.strings().withChars("ofm.").ofMinLength(0).ofMaxLength(30);
    }

    private static Samples drill(String before, String during) {
        return new Samples()
                .from(-100L * before.length(), before)
                .step("fault", 0)
                .from(0, during)
                .step("end", 100L * during.length());
    }

    @Property(tries = 300, seed = "20240603")
    void healthy_is_said_only_of_enough_samples_without_a_failure(@ForAll("outcomes") String during) {
        Verdict verdict = ProbeCheck.staysHealthy(Samples.PROBE, FAULT, END)
                .judge(drill("", during)
                        .from(100L * during.length(), "o")
                        .step("a minute later", 60_000)
                        .events())
                .verdict();

        long failed = count(during, 'f');
        long healthy = count(during, 'o');
        if (failed > 0) {
            assertThat(verdict).isEqualTo(Verdict.FAIL);
        } else if (healthy == 0 || healthy * 2 < during.length()) {
            assertThat(verdict).isEqualTo(Verdict.INCONCLUSIVE);
        } else {
            assertThat(verdict).isEqualTo(Verdict.PASS);
        }
    }

    @Property(tries = 300, seed = "20240603")
    void nothing_passes_while_a_request_may_be_open(@ForAll("outcomes") String during) {
        List<Verdict> verdicts = List.of(
                ProbeCheck.staysHealthy(Samples.PROBE, FAULT, END)
                        .judge(drill("m", during).events())
                        .verdict(),
                ProbeCheck.staysFailing(Samples.PROBE, FAULT, END)
                        .judge(drill("m", during).events())
                        .verdict());

        if (count(during, '.') > 0) {
            assertThat(verdicts).doesNotContain(Verdict.PASS);
        } else if (count(during, 'm') == 0 && !during.isEmpty()) {
            assertThat(verdicts.contains(Verdict.PASS)).isEqualTo(during.matches("o+|f+"));
        }
    }

    @Property(tries = 300, seed = "20240603")
    void a_failure_is_an_effect_only_after_health(
            @ForAll("outcomes") String before, @ForAll("outcomes") String during) {
        Duration deadline = Duration.ofSeconds(10);

        Verdict verdict = ProbeCheck.fails(Samples.PROBE, FAULT, deadline)
                .judge(drill(before, during).events())
                .verdict();

        boolean healthyBefore = before.replaceAll("[m.]", "").endsWith("o");
        assertThat(verdict == Verdict.PASS).isEqualTo(healthyBefore && count(during, 'f') > 0);
    }

    @Property(tries = 300, seed = "20240603")
    void nothing_passes_for_a_probe_that_was_not_seen(@ForAll("outcomes") String before) {
        Duration deadline = Duration.ofSeconds(1);
        List<Check> checks = List.of(
                ProbeCheck.staysHealthy(Samples.PROBE, FAULT, END),
                ProbeCheck.fails(Samples.PROBE, FAULT, deadline),
                ProbeCheck.healthyAgainWithin(Samples.PROBE, FAULT, deadline));

        assertThat(checks)
                .extracting(check ->
                        check.judge(drill(before, "..........").events()).verdict())
                .containsOnly(Verdict.INCONCLUSIVE);
    }

    private static long count(String outcomes, char outcome) {
        return outcomes.chars().filter(letter -> letter == outcome).count();
    }
}

package dev.firedrill.harness.cluster.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ProbeBuilder;
import org.junit.jupiter.api.Test;

class ProbeVerdictsTest {
    @Test
    void three_failures_in_a_row_decide_unless_told_otherwise() {
        ProbeVerdicts verdicts = new ProbeVerdicts(new ProbeBuilder().build());

        assertThat(verdicts.add(true)).contains(true);
        assertThat(verdicts.add(false)).isEmpty();
        assertThat(verdicts.add(false)).isEmpty();
        assertThat(verdicts.add(true)).contains(true);
        assertThat(verdicts.add(false)).isEmpty();
        assertThat(verdicts.add(false)).isEmpty();
        assertThat(verdicts.add(false)).contains(false);
        assertThat(verdicts.add(false)).contains(false);
    }

    @Test
    void thresholds_are_what_the_manifest_says() {
        ProbeVerdicts verdicts = new ProbeVerdicts(new ProbeBuilder()
                .withSuccessThreshold(2)
                .withFailureThreshold(1)
                .build());

        assertThat(verdicts.add(false)).contains(false);
        assertThat(verdicts.add(true)).isEmpty();
        assertThat(verdicts.add(true)).contains(true);
    }
}

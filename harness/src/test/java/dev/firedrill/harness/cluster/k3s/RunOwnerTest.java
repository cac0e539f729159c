package dev.firedrill.harness.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunOwnerTest {
    private static final long NOBODY = Long.MAX_VALUE / 10;

    private final RunOwner here = RunOwner.ofThisJvm("a1");

    @Test
    void labels_say_whose_it_is() {
        assertThat(RunOwner.of(here.labels())).contains(here);
    }

    @Test
    void labels_of_others_say_nothing() {
        assertThat(RunOwner.of(Map.of())).isEmpty();
        assertThat(RunOwner.of(Map.of(RunOwner.OWNER_LABEL, "somebody"))).isEmpty();
        assertThat(RunOwner.of(Map.of(RunOwner.OWNER_LABEL, "m|b|s|pid|1"))).isEmpty();
    }

    @Test
    void a_process_that_lives_has_not_ended() {
        assertThat(here.ended(here)).isFalse();
    }

    @Test
    void a_process_that_is_gone_has_ended() {
        assertThat(with(here.machine(), here.boot(), here.space(), NOBODY, "1").ended(here))
                .isTrue();
    }

    @Test
    void a_process_whose_number_was_given_again_has_ended() {
        assertThat(with(here.machine(), here.boot(), here.space(), here.pid(), "1")
                        .ended(here))
                .isTrue();
    }

    @Test
    void a_process_of_an_earlier_start_of_the_machine_has_ended() {
        assertThat(with(here.machine(), "earlier", here.space(), here.pid(), here.started())
                        .ended(here))
                .isTrue();
    }

    @Test
    void of_other_machines_and_other_spaces_of_process_numbers_nothing_is_known() {
        assertThat(with("another", here.boot(), here.space(), NOBODY, "1").ended(here))
                .isFalse();
        assertThat(with(here.machine(), here.boot(), "pid:[1]", NOBODY, "1").ended(here))
                .isFalse();
    }

    private static RunOwner with(String machine, String boot, String space, long pid, String started) {
        return new RunOwner("a1", machine, boot, space, pid, started);
    }
}

package dev.firedrill.scenarios.network;

import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.scenarios.shop.Shop;
import org.junit.jupiter.api.Test;

/** The network between the dashboard and the internal route is not what it was. */
@Firedrill(system = Shop.class)
class InternalLinkScenario {
    @Test
    void a_slow_link_is_seen_by_a_threshold_of_latency_alone(Rehearsal rehearsal) {
        rehearsal.run(InternalLink.slow(InternalLink.threshold(), ofSeconds(6)));
    }

    @Test
    void work_arrives_once_and_in_order_after_a_link_was_cut(Rehearsal rehearsal) {
        rehearsal.run(InternalLink.cut());
    }

    @Test
    void work_whose_reply_is_reset_is_done_once(Rehearsal rehearsal) {
        rehearsal.run(InternalLink.replyReset());
    }

    @Test
    void work_whose_reply_ends_in_the_middle_is_done_once(Rehearsal rehearsal) {
        rehearsal.run(InternalLink.replyCut());
    }

    @Test
    void nobody_is_paged_for_one_connection_in_ten(Rehearsal rehearsal) {
        rehearsal.run(InternalLink.slowForSome(ofSeconds(10)));
    }
}

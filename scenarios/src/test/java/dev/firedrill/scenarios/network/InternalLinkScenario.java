package dev.firedrill.scenarios.network;

import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.fault.network.SlicedStream;
import dev.firedrill.harness.fault.network.ThinLink;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.scenarios.shop.Shop;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The network between the dashboard and the internal route is not what it was. */
@Tag("alone")
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

    @Test
    void a_thin_link_is_too_late_for_users_in_a_hurry(Rehearsal rehearsal) {
        rehearsal.run(InternalLink.late(ThinLink.KIND, Map.of("rate", "1KB/s"), ofSeconds(10)));
    }

    @Test
    void a_link_of_small_pieces_is_too_late_for_users_in_a_hurry(Rehearsal rehearsal) {
        rehearsal.run(InternalLink.late(SlicedStream.KIND, Map.of("size", "10B", "pause", "50ms"), ofSeconds(10)));
    }

    @Test
    void a_link_that_swallows_answers_pages_by_a_timeout(Rehearsal rehearsal) {
        rehearsal.run(InternalLink.silent(ofSeconds(15)));
    }

    @Test
    void nobody_notices_connections_that_close_late(Rehearsal rehearsal) {
        rehearsal.run(InternalLink.lateClose());
    }
}

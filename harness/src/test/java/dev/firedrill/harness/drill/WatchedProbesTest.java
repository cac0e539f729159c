package dev.firedrill.harness.drill;

import static dev.firedrill.harness.drill.Demands.probe;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.probe.ProbeSpec;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A name means one probe in a drill, and what is demanded of it is demanded of that one. */
class WatchedProbesTest {
    private static final ProbeSpec OUTSIDE = status().build();

    private static ProbeSpec.Builder status() {
        return ProbeSpec.outside("api").service("ingress", 8080).path("/v1/status");
    }

    private static void assertRefused(DrillBuilder drill, String message) {
        assertThatThrownBy(drill::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void two_probes_of_one_name_are_refused_at_different_vantages_too() {
        ProbeSpec inside = ProbeSpec.inside("api").service("api", 8080).build();

        assertRefused(
                Drill.named("twins").watching(OUTSIDE, inside),
                "two probes of drill 'twins' are called 'api': from outside at http://ingress:8080/v1/status, and from"
                        + " inside at http://api:8080/; allowed: a name for each, which is not that of an open"
                        + " connection beside another either");
        assertThatThrownBy(Drill.named("twice").watching(OUTSIDE, OUTSIDE)::build)
                .hasMessageContaining("two probes of drill 'twice' are called 'api'");
    }

    @Test
    void a_probe_with_the_name_of_the_open_connection_beside_another_is_refused() {
        ProbeSpec kept = OUTSIDE.onOpenConnection("api (open connection)");

        assertThatThrownBy(Drill.named("beside").watching(OUTSIDE, kept)::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("two probes of drill 'beside' are called 'api (open connection)'");
        assertThatCode(Drill.named("alone").watching(kept)::build).doesNotThrowAnyException();
    }

    @Test
    void a_demand_of_another_probe_of_the_same_name_is_refused_wherever_it_stands() {
        ProbeSpec nowhere = status().path("/nowhere").build();
        String message =
                "drill 'other' watches a probe 'api' from outside at http://ingress:8080/v1/status, and demands"
                        + " something of another of that name from outside at http://ingress:8080/nowhere; allowed: the"
                        + " same in every way, interval, timeout, headers and expectation included";

        assertRefused(
                Drill.named("other")
                        .watching(OUTSIDE)
                        .expect(probe(OUTSIDE).staysHealthy())
                        .expect(probe(nowhere).staysHealthy()),
                message);
        assertRefused(
                Drill.named("other").watching(OUTSIDE).expect(probe(nowhere).failsWithin(ofSeconds(1))), message);
        assertRefused(
                Drill.named("other").watching(OUTSIDE).expect(probe(nowhere).hasFailedFor(ofSeconds(1))), message);
        assertRefused(
                Drill.named("other").watching(OUTSIDE).afterwards(probe(nowhere).isHealthyAgainWithin(ofSeconds(1))),
                message);
    }

    @Test
    void a_demand_of_a_probe_that_nobody_watches_is_refused() {
        ProbeSpec forgotten = ProbeSpec.inside("forgotten").service("api", 8080).build();

        assertRefused(
                Drill.named("partly").watching(OUTSIDE).expect(probe(forgotten).staysHealthy()),
                "drill 'partly' demands something of the probe 'forgotten', which it does not watch"
                        + " (watched: api, api (open connection)); allowed: watching(..) with it");
        assertRefused(
                Drill.named("blindly").expect(probe(forgotten).staysHealthy()),
                "drill 'blindly' demands something of the probe 'forgotten', which it does not watch"
                        + " (watched: none); allowed: watching(..) with it");
    }

    @Test
    void a_probe_that_differs_in_what_no_message_shows_is_another() {
        assertThatThrownBy(Drill.named("data")
                        .watching(OUTSIDE)
                        .expect(probe(status().withData("/items").build()).staysHealthy())::build)
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void an_equal_probe_is_the_same_however_it_was_made() {
        ProbeSpec beside = OUTSIDE.onOpenConnection("api (open connection)").every(ofMillis(200));

        assertThatCode(Drill.named("equal")
                        .watching(OUTSIDE)
                        .expect(
                                probe(status().build()).staysHealthy(),
                                probe(beside).staysHealthy())::build)
                .doesNotThrowAnyException();
    }

    @Test
    void a_demand_up_to_a_moment_that_lies_ahead_is_waited_for_until_then() {
        Moment fault = Moment.faultActive("it");
        Duration ahead = ofMillis(3500);

        assertThat(patience(fault.plus(ahead))).isGreaterThan(ahead.plus(OUTSIDE.timeout()));
        assertThat(patience(fault.plus(ahead).plus(ahead))).isGreaterThan(ahead.multipliedBy(2));
        assertThat(patience(fault.plus(ahead.negated()))).isEqualTo(patience(fault));
    }

    private static Duration patience(Moment until) {
        return probe(OUTSIDE).staysHealthyUntil(until).since(Moment.start()).patience();
    }
}

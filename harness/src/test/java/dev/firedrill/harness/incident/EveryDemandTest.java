package dev.firedrill.harness.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.Expectation;
import dev.firedrill.harness.drill.Step;
import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.model.Vantage;
import dev.firedrill.harness.probe.ProbeSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing that an incident demands is lost on the way to its drill, nor made another demand. */
class EveryDemandTest {
    private final Drill drill = drill();

    private static Drill drill() {
        try (InputStream in = EveryDemandTest.class.getResourceAsStream("/incidents/system/every-demand.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Replay.of(SmallIncident.parse(text), new ConfiguredSystem(), FaultCatalogue.standard())
                    .drill();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> texts(List<Expectation> expectations) {
        return expectations.stream()
                .map(expectation -> expectation.check().expectation())
                .toList();
    }

    private List<String> demandedIn(String step) {
        return drill.steps().stream()
                .filter(each -> each.id().startsWith(step + "."))
                .map(Step::action)
                .filter(Action.Demand.class::isInstance)
                .flatMap(action -> texts(((Action.Demand) action).expectations()).stream())
                .toList();
    }

    @Test
    void what_must_be_seen_while_it_is_broken() {
        assertThat(demandedIn("broken"))
                .containsExactly(
                        "probe 'data' fails within 3 s of the fault 'unplugged'",
                        "probe 'data' fails all the time from the fault 'unplugged' to the start of step 'broken.5'",
                        "probe 'route' fails all the time from the fault 'unplugged' to 10 s after the start of step"
                                + " 'broken.5'",
                        "alert 'InternalRouteDown' {edge=dashboard->api:8080} fires within 6 s of the fault"
                                + " 'unplugged'",
                        "accepted changes are absent from the target from the start of step 'broken.4' to the start of"
                                + " step 'broken.5'",
                        "GET http://dashboard:8080/jobs?state=failed names every accepted change that is absent from"
                                + " the target");
    }

    @Test
    void what_must_be_seen_when_it_is_mended() {
        assertThat(demandedIn("mended"))
                .containsExactly(
                        "probe 'data' is healthy again within 7 s of the start of step 'mended'",
                        "probe 'route' stays healthy from the start of step 'mended' to 10 s after the start of step"
                                + " 'mended.4'",
                        "probe 'data' stays healthy from the fault 'unplugged' to the start of step 'mended.4'",
                        "alert 'InternalRouteDown' {edge=dashboard->api:8080} resolves within 7 s of the start of step"
                                + " 'mended'",
                        "no accepted change is absent from the target from the start of step 'mended.3' to the start of"
                                + " step 'mended.4'",
                        "every change accepted after arrives within 9 s of the start of step 'mended'",
                        "what is served equals what was accepted within 10 s of the start of step 'mended'",
                        "every change accepted during, after arrives",
                        "every change is applied at most once",
                        "no late change overwrites a newer one",
                        "no update is lost",
                        "what was deleted or replaced does not come back",
                        "nothing arrives that was never accepted");
    }

    @Test
    void what_is_believed_only_at_the_end() {
        assertThat(texts(drill.afterwards()))
                .containsExactly(
                        "nobody is paged from the fault 'unplugged' to the start of step 'broken.5'",
                        "alert 'InternalRouteDown' {edge=dashboard->api:8080} does not fire from the start of step"
                                + " 'mended' to the start of step 'mended.4'");
    }

    @Test
    void what_is_done_in_its_order() {
        assertThat(drill.steps())
                .extracting(step -> step.id() + ": " + step.caption().title())
                .containsExactly(
                        "s1: steady state",
                        "broken: It breaks",
                        "broken.1: inject: unplugged",
                        "broken.2: people edit welcome, digest (during)",
                        "broken.3: failed jobs",
                        "broken.4: observe for 5 s",
                        "broken.5: what must be seen by now",
                        "mended: It is mended",
                        "mended.1: put back: unplugged",
                        "mended.2: people edit welcome (after)",
                        "mended.3: observe for 5 s",
                        "mended.4: what must be seen by now");
    }

    @Test
    void what_is_watched_from_where() {
        ProbeSpec data = drill.probes().get(0);
        ProbeSpec route = drill.probes().get(1);

        assertThat(data.vantage()).isEqualTo(Vantage.OUTSIDE);
        assertThat(data.describeTarget()).isEqualTo("http://ingress:8080/data (host dashboard.example.com)");
        assertThat(data.depth()).isEqualTo("answers with data");
        assertThat(data.interval()).isEqualTo(Duration.ofMillis(100));
        assertThat(data.headers()).isEmpty();
        assertThat(data.expectation().status()).isEqualTo(200);
        assertThat(data.timeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(route.vantage()).isEqualTo(Vantage.INSIDE);
        assertThat(route.describeTarget()).isEqualTo("http://ingress-internal:8081/internal");
        assertThat(route.depth()).isEqualTo("answers");
        assertThat(route.headers()).containsEntry("Authorization", "Bearer s3cret");
        assertThat(route.expectation().status()).isEqualTo(204);
        assertThat(route.timeout()).isEqualTo(Duration.ofMillis(400));
    }
}

package dev.firedrill.scenarios.alerting;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.alert.Canary;
import dev.firedrill.harness.alert.CanaryResult;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillBuilder;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.scenarios.shop.MonitorChecks;
import dev.firedrill.scenarios.shop.PrometheusShop;
import dev.firedrill.scenarios.shop.Shop;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The incident's fault, seen by a real alerting chain: blackbox exporter, Prometheus with its rules, Alertmanager, and
 * a webhook to the pager. The monitor of the fixtures must say the same of it.
 */
class RealChainScenario {
    private static DrillBuilder real(String what) {
        return Drill.named("real-chain-" + what).titled("Prometheus and Alertmanager: " + what);
    }

    @Nested
    @Firedrill(system = PrometheusShop.class, abortedWithoutImages = true)
    class With_the_internal_rule {
        @Test
        void the_incident_pages_and_resolves(Rehearsal rehearsal) {
            rehearsal.run(IncidentFault.pages(real("internal rule")));
        }

        @Test
        void a_canary_goes_through_the_chain_and_is_lost_without_it(Stage stage) {
            Canary canary = new Canary(stage.agent(), stage.pager(), stage.journal());
            var alertmanager = stage.cluster()
                    .client()
                    .apps()
                    .deployments()
                    .inNamespace(stage.namespace())
                    .withName("alertmanager");
            alertmanager.scale(0);
            try {
                CanaryResult lost = canary.send(Canary.Phase.BEFORE, ofSeconds(5));

                assertThat(lost.paged()).isFalse();
                assertThat(lost.reason()).contains("no canary page", "the inbox acknowledged 0 notifications");
            } finally {
                alertmanager.scale(1);
                await().atMost(ofSeconds(60)).until(() -> stage.unready().isEmpty());
            }
            CanaryResult arrived = canary.send(Canary.Phase.AFTER, ofSeconds(30));

            assertThat(arrived.reason()).isEmpty();
            assertThat(arrived.resolved()).isTrue();
        }
    }

    @Nested
    @Firedrill(system = PrometheusShop.class, variants = "prometheus=public-rules", abortedWithoutImages = true)
    class Without_the_internal_rule {
        @Test
        void the_incident_pages_nobody_and_the_silence_is_believed(Rehearsal rehearsal) {
            rehearsal.run(IncidentFault.pagesNobody(real("public rules alone")));
        }
    }

    @Nested
    @Firedrill(system = Shop.class)
    class With_the_monitor_of_the_fixtures {
        @Test
        void the_incident_pages_and_resolves(Rehearsal rehearsal) {
            rehearsal.run(IncidentFault.pages(Drill.named("monitor-internal-check")
                    .reconfigure("the internal monitor is on", MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE))));
        }

        @Test
        void the_incident_pages_nobody_without_the_internal_check(Rehearsal rehearsal) {
            rehearsal.run(IncidentFault.pagesNobody(Drill.named("monitor-public-checks")));
        }
    }
}

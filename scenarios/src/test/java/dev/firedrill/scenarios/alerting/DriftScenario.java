package dev.firedrill.scenarios.alerting;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.configuration.ChangedSettings;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.scenarios.shop.MonitorChecks;
import dev.firedrill.scenarios.shop.Shop;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The route is right again and the delayed jobs have given up: only an alert on the drift itself shows that. */
@Firedrill(system = Shop.class)
class DriftScenario {
    private static final String OUTAGE = "internal route broken";

    /**
     * Two attempts that hang for 1.4 s each, with a pause of 100 ms: a Service without endpoints does not refuse
     * everybody at once, since Linux limits how often it tells so (icmp(7), {@code icmp_ratelimit}).
     */
    private static final Duration JOBS_HAVE_GIVEN_UP = ofSeconds(4);

    @Test
    void the_internal_monitor_resolves_while_changes_are_missing_and_the_backlog_alert_fires(Rehearsal rehearsal) {
        rehearsal.run(Drill.named("drift-needs-its-own-alert")
                .titled("All probes are green again, and accepted changes are still missing")
                .watching(publicApi(), dashboardData())
                .reconfigure(
                        "jobs give up soon",
                        ChangedSettings.in(
                                "dashboard-config",
                                "dashboard.yaml",
                                Map.of("retry.attempts", 2, "retry.initialDelay", "100ms")))
                .reconfigure(
                        "monitors of the internal route and of the backlog are on",
                        MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE, MonitorChecks.BACKLOG))
                .fromSteadyState()
                .inject(OUTAGE, BrokenService.selectingNothing("ingress-internal", 8081))
                .edit("during", "welcome")
                .expect(alert("InternalRouteDown").firesWithin(ofSeconds(6)))
                .observe(JOBS_HAVE_GIVEN_UP)
                .undo(OUTAGE)
                .expect(alert("InternalRouteDown").resolvesWithin(ofSeconds(10)))
                .expect(since -> alert("BacklogOld").firesWithin(ofSeconds(15)).since(Moment.faultActive(OUTAGE)))
                .expect(
                        probe(publicApi()).staysHealthy(),
                        probe(dashboardData()).isHealthyAgainWithin(ofSeconds(5)))
                .request("all jobs are retried", "POST", "http://dashboard:8080/jobs/retry")
                .expect(alert("BacklogOld").resolvesWithin(ofSeconds(20)))
                .build());
    }
}

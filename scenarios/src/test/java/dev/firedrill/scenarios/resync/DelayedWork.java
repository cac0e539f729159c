package dev.firedrill.scenarios.resync;

import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.harness.drill.Demands.resyncIsComplete;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillBuilder;
import dev.firedrill.harness.fault.configuration.ChangedSettings;
import dev.firedrill.harness.fault.service.BrokenService;
import java.util.Map;

/** Drills of delayed work: people edit the same workflows before, during and after the internal route is broken. */
final class DelayedWork {
    private static final String OUTAGE = "internal route broken";

    private DelayedWork() {}

    /** The jobs' retries outlast the outage. */
    static Drill throughAnOutage() {
        return outage("delayed-work", "Delayed changes arrive by themselves after an outage", Map.of())
                .undo(OUTAGE)
                .expect(probe(dashboardData()).isHealthyAgainWithin(ofSeconds(5)))
                .edit("after", "weekly-digest", "invoice-paid")
                .afterwards(resyncIsComplete())
                .build();
    }

    /** The jobs give up during the outage, newer changes arrive first, and then a person retries the old ones. */
    static Drill givenUpAndRetried() {
        return outage(
                        "given-up-and-retried",
                        "Delayed changes that gave up arrive when they are retried",
                        Map.of("retry.attempts", 2, "retry.initialDelay", "100ms"))
                .observe(ofSeconds(2))
                .undo(OUTAGE)
                .expect(probe(dashboardData()).isHealthyAgainWithin(ofSeconds(5)))
                .edit("after", "weekly-digest", "invoice-paid")
                .observe(ofSeconds(1))
                .request("all jobs are retried", "POST", "http://dashboard:8080/jobs/retry")
                .afterwards(resyncIsComplete())
                .build();
    }

    private static DrillBuilder outage(String name, String title, Map<String, Object> retry) {
        DrillBuilder drill = Drill.named(name).titled(title).watching(publicApi(), dashboardData());
        if (!retry.isEmpty()) {
            drill.reconfigure("jobs give up soon", ChangedSettings.in("dashboard-config", "dashboard.yaml", retry));
        }
        return drill.fromSteadyState()
                .edit("before", "welcome", "weekly-digest", "invoice-paid")
                .observe(ofSeconds(1))
                .inject(OUTAGE, BrokenService.selectingNothing("ingress-internal", 8081))
                .edit("during", "welcome", "weekly-digest", "invoice-paid")
                .observe(ofSeconds(1))
                .expect(probe(publicApi()).staysHealthy());
    }
}

package dev.firedrill.scenarios.resync;

import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.harness.drill.Demands.resyncIsComplete;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillBuilder;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.configuration.ChangedSettings;
import dev.firedrill.harness.fault.service.BrokenService;
import java.util.Map;
import java.util.Optional;

/** Drills of delayed work: people edit the same workflows before, during and after the internal route is broken. */
public final class DelayedWork {
    /** What the drills call the fault. */
    public static final String OUTAGE = "internal route broken";

    private static final Fault BROKEN = BrokenService.selectingNothing("ingress-internal", 8081);

    private DelayedWork() {}

    /** The jobs' retries outlast the outage. */
    static Drill throughAnOutage() {
        return through(
                "delayed-work", "Delayed changes arrive by themselves after an outage", Optional.empty(), BROKEN);
    }

    /**
     * The jobs' retries outlast a fault of the internal route.
     *
     * @param before what an operator changes before the steady state is taken
     */
    public static Drill through(String name, String title, Optional<Fault> before, Fault fault) {
        DrillBuilder drill = Drill.named(name).titled(title).watching(publicApi(), dashboardData());
        before.ifPresent(change -> drill.reconfigure("before the steady state", change));
        return during(drill, fault)
                .undo(OUTAGE)
                .expect(probe(dashboardData()).isHealthyAgainWithin(ofSeconds(5)))
                .edit("after", "weekly-digest", "invoice-paid")
                .afterwards(resyncIsComplete())
                .build();
    }

    /** The jobs give up during the outage, newer changes arrive first, and then a person retries the old ones. */
    static Drill givenUpAndRetried() {
        Map<String, Object> retry = Map.of("retry.attempts", 2, "retry.initialDelay", "100ms");
        DrillBuilder drill = Drill.named("given-up-and-retried")
                .titled("Delayed changes that gave up arrive when they are retried")
                .watching(publicApi(), dashboardData())
                .reconfigure("jobs give up soon", ChangedSettings.in("dashboard-config", "dashboard.yaml", retry));
        return during(drill, BROKEN)
                .observe(ofSeconds(3)) // with the second before, two attempts that hang for 1.4 s each
                .undo(OUTAGE)
                .expect(probe(dashboardData()).isHealthyAgainWithin(ofSeconds(5)))
                .edit("after", "weekly-digest", "invoice-paid")
                .observe(ofSeconds(1))
                .request("all jobs are retried", "POST", "http://dashboard:8080/jobs/retry")
                .afterwards(resyncIsComplete())
                .build();
    }

    private static DrillBuilder during(DrillBuilder drill, Fault fault) {
        return drill.fromSteadyState()
                .edit("before", "welcome", "weekly-digest", "invoice-paid")
                .observe(ofSeconds(1))
                .inject(OUTAGE, fault)
                .expect(probe(dashboardData()).failsWithin(ofSeconds(5)))
                .edit("during", "welcome", "weekly-digest", "invoice-paid")
                .observe(ofSeconds(1))
                .expect(probe(publicApi()).staysHealthy());
    }
}

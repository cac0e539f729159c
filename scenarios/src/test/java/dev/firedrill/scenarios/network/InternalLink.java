package dev.firedrill.scenarios.network;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.nobodyIsPagedBetween;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.shop.Edges.dashboardDataWithin;
import static dev.firedrill.scenarios.shop.Edges.dashboardPage;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.configuration.ChangedSettings;
import dev.firedrill.harness.fault.network.ConnectionReset;
import dev.firedrill.harness.fault.network.CutStream;
import dev.firedrill.harness.fault.network.DeadLink;
import dev.firedrill.harness.fault.network.LateClose;
import dev.firedrill.harness.fault.network.ProxiedLink;
import dev.firedrill.harness.fault.network.SilentLink;
import dev.firedrill.harness.fault.network.SlowLink;
import dev.firedrill.harness.probe.ProbeSpec;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.scenarios.resync.DelayedWork;
import dev.firedrill.scenarios.shop.Edges;
import dev.firedrill.scenarios.shop.MonitorChecks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Drills on the network between the dashboard and the internal route, with a proxy there from the beginning. */
final class InternalLink {
    static final String SLOW = "slow link";
    static final String SOME_SLOW = "one connection in ten is slow";
    static final String HARM = "harmed link";

    private static final String CHECK = "checks[" + MonitorChecks.INTERNAL_ROUTE + "]";

    private static final ProbeSpec PATIENT = dashboardDataWithin(ofSeconds(3));

    private static final ProbeSpec HASTY = dashboardDataWithin(ofMillis(800));

    private InternalLink() {}

    private static Fault proxied() {
        return ProxiedLink.to("ingress-internal", 8081);
    }

    private static Fault fault(FaultKind kind, Map<String, Object> own) {
        Map<String, Object> parameters = new LinkedHashMap<>(Map.of("service", "ingress-internal", "port", 8081));
        parameters.putAll(own);
        return kind.make(parameters);
    }

    /**
     * Everything works, and takes longer: whoever looks at errors alone sees nothing.
     *
     * @param deadline until when somebody must be paged
     */
    static Drill slow(Map<String, Object> threshold, Duration deadline) {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of(CHECK + ".enabled", true));
        threshold.forEach((name, value) -> settings.put("+" + CHECK + ".expect." + name, value));
        return Drill.named("slow-internal-link")
                .titled("An internal link is slow, which only a threshold of latency can see")
                .watching(publicApi(), dashboardPage(), PATIENT)
                .reconfigure("a proxy on the internal link", proxied())
                .reconfigure("the internal monitor", ChangedSettings.in("monitor-config", "monitor.yaml", settings))
                .fromSteadyState()
                .inject(SLOW, fault(SlowLink.KIND, Map.of("latency", "350ms", "jitter", "20ms")))
                .expect(alert("InternalRouteDown")
                        .carrying("edge", Edges.INTERNAL)
                        .firesWithin(deadline))
                .expect(probe(PATIENT).staysHealthy(), probe(publicApi()).staysHealthy())
                .undo(SLOW)
                .expect(alert("InternalRouteDown").resolvesWithin(deadline.multipliedBy(2)))
                .build();
    }

    /** The threshold that sees it. */
    static Map<String, Object> threshold() {
        return Map.of("maxLatency", "250ms");
    }

    /** The link is cut while delayed work is under way. */
    static Drill cut() {
        return DelayedWork.through(
                "cut-link-during-sync",
                "A link is cut during delayed work, which arrives once and in order afterwards",
                Optional.of(proxied()),
                fault(DeadLink.KIND, Map.of()));
    }

    /** The work is done, and its confirmation is lost: it is sent again. */
    static Drill replyReset() {
        return DelayedWork.through(
                "reset-reply",
                "Connections are reset when the reply begins: what was done already is not done twice",
                Optional.of(proxied()),
                fault(ConnectionReset.KIND, Map.of()));
    }

    /** The same, when a part of the reply has come. */
    static Drill replyCut() {
        return DelayedWork.through(
                "cut-reply",
                "Connections end in the middle of the reply: what was done already is not done twice",
                Optional.of(proxied()),
                fault(CutStream.KIND, Map.of("bytes", "40B")));
    }

    /** A harm that makes answers so late that users in a hurry give up, while an alert on errors sees nothing. */
    static Drill late(FaultKind kind, Map<String, Object> parameters, Duration deadline) {
        return Drill.named("late-by-" + kind.name())
                .titled("Answers trickle through the internal link, by " + kind.name())
                .watching(publicApi(), HASTY)
                .reconfigure("a proxy on the internal link", proxied())
                .fromSteadyState()
                .inject(HARM, fault(kind, parameters))
                .expect(probe(HASTY).failsWithin(deadline))
                .expect(probe(publicApi()).staysHealthy())
                .undo(HARM)
                .expect(probe(HASTY).isHealthyAgainWithin(ofSeconds(15)))
                .build();
    }

    /** Nothing comes back through the link, not even an error. */
    static Drill silent(Duration deadline) {
        return Drill.named("silent-internal-link")
                .titled("The internal link swallows every answer, and the monitor's timeout pages")
                .watching(publicApi(), PATIENT)
                .reconfigure("a proxy on the internal link", proxied())
                .reconfigure("the internal monitor", MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE))
                .fromSteadyState()
                .inject(HARM, fault(SilentLink.KIND, Map.of()))
                .expect(
                        probe(PATIENT).failsWithin(deadline),
                        alert("InternalRouteDown")
                                .carrying("edge", Edges.INTERNAL)
                                .firesWithin(deadline))
                .expect(probe(publicApi()).staysHealthy())
                .undo(HARM)
                .expect(alert("InternalRouteDown").resolvesWithin(deadline))
                .build();
    }

    /** Connections end late: whoever has the answer by its length does not wait for it. */
    static Drill lateClose() {
        return Drill.named("late-close")
                .titled("Connections of the internal link close late, and no user notices")
                .watching(publicApi(), PATIENT)
                .reconfigure("a proxy on the internal link", proxied())
                .fromSteadyState()
                .inject(HARM, fault(LateClose.KIND, Map.of("delay", "500ms")))
                .observe(ofSeconds(2))
                .expect(probe(PATIENT).staysHealthy(), probe(publicApi()).staysHealthy())
                .undo(HARM)
                .build();
    }

    /** Most requests are as always: an alert that wants several failures in a row is silent, a user is not. */
    static Drill slowForSome(Duration deadline) {
        ProbeSpec hasty = ProbeSpec.inside("internal route, in a hurry")
                .service("ingress-internal", 8081)
                .host("api.internal")
                .path("/readyz")
                .every(ofMillis(100))
                .timeout(ofMillis(800))
                .build();
        return Drill.named("slow-for-one-in-ten")
                .titled("One connection in ten is slow: nobody is paged, some users wait")
                .watching(publicApi(), hasty)
                .reconfigure("a proxy on the internal link", proxied())
                .reconfigure("the internal monitor", MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE))
                .fromSteadyState()
                .inject(SOME_SLOW, fault(SlowLink.KIND, Map.of("latency", "900ms", "share", "10%")))
                .expect(probe(hasty).failsWithin(deadline))
                .expect(probe(publicApi()).staysHealthy())
                .observe(ofSeconds(3))
                .undo(SOME_SLOW)
                .afterwards(nobodyIsPagedBetween(Moment.faultActive(SOME_SLOW), Moment.faultUndone(SOME_SLOW)))
                .build();
    }
}

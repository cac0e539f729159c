package dev.firedrill.harness.incident;

import dev.firedrill.harness.alert.AlertCheck;
import dev.firedrill.harness.alert.AlertMatch;
import dev.firedrill.harness.drill.Expectation;
import dev.firedrill.harness.incident.IncidentExpectation.AlertFires;
import dev.firedrill.harness.incident.IncidentExpectation.AlertResolves;
import dev.firedrill.harness.incident.IncidentExpectation.AlertStaysSilent;
import dev.firedrill.harness.incident.IncidentExpectation.ChangesArrive;
import dev.firedrill.harness.incident.IncidentExpectation.Demanded;
import dev.firedrill.harness.incident.IncidentExpectation.Drift;
import dev.firedrill.harness.incident.IncidentExpectation.PagerSilent;
import dev.firedrill.harness.incident.IncidentExpectation.ProbeFails;
import dev.firedrill.harness.incident.IncidentExpectation.ProbeRecovers;
import dev.firedrill.harness.incident.IncidentExpectation.ProbeStaysFailing;
import dev.firedrill.harness.incident.IncidentExpectation.ProbeStaysHealthy;
import dev.firedrill.harness.incident.IncidentExpectation.RequestNamesBacklog;
import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.probe.ProbeCheck;
import dev.firedrill.harness.probe.ProbeSpec;
import dev.firedrill.harness.resync.ArrivalCheck;
import dev.firedrill.harness.resync.BacklogCheck;
import dev.firedrill.harness.resync.ConvergenceCheck;
import dev.firedrill.harness.resync.DriftCheck;
import dev.firedrill.harness.resync.Windows;
import dev.firedrill.harness.resync.WorkCheck;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the expectations of a drill of those of one step of an incident. */
final class ReplayExpectations {
    /** How much longer than its deadline an expectation is waited for, so that a late arrival is named as late. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** How many looks of a probe are waited for at the least. */
    private static final int LOOKS = 5;

    /**
     * What expectations count from, if they do not say.
     *
     * @param broken the last fault that took effect
     * @param step the beginning of the step, or the effect of its fault
     * @param watching the beginning of its observation
     * @param judged when its expectations are judged
     * @param lasting how long its observation lasts; zero if it has none
     */
    record Moments(Moment broken, Moment step, Moment watching, Moment judged, Duration lasting) {}

    private final Incident incident;
    private final Scale scale;
    private final Map<String, ProbeSpec> probes;
    private final Map<String, Moment> beginnings;
    private final IncidentStep step;
    private final Moments moments;

    ReplayExpectations(
            Incident incident,
            Scale scale,
            Map<String, ProbeSpec> probes,
            Map<String, Moment> beginnings,
            IncidentStep step,
            Moments moments) {
        this.incident = incident;
        this.scale = scale;
        this.probes = probes;
        this.beginnings = beginnings;
        this.step = step;
        this.moments = moments;
    }

    /** Whether it can only be judged at the end: silence is believed between two canaries. */
    static boolean believedOnlyLater(IncidentExpectation expected) {
        return expected.demanded() instanceof PagerSilent || expected.demanded() instanceof AlertStaysSilent;
    }

    /** What one line of an incident's file demands; it belongs to the row, whenever it is judged. */
    List<Expectation> of(IncidentExpectation expected) {
        String label = new ExpectationLabel(incident, step).of(expected);
        return made(expected).stream()
                .map(each -> each.label().isEmpty() ? each.called(label) : each)
                .map(each -> believedOnlyLater(expected) ? each.of(step.id()) : each)
                .toList();
    }

    private List<Expectation> made(IncidentExpectation expected) {
        Demanded demanded = expected.demanded();
        if (demanded instanceof ChangesArrive changes) {
            return changes(changes, since(expected, moments.step()));
        }
        if (demanded instanceof RequestNamesBacklog named) {
            Cast.Request request = Replay.found(incident.cast().requests(), named.request());
            Moment since = since(expected, moments.step());
            return List.of(Expectation.now(new BacklogCheck(request.method(), request.url(), since)));
        }
        if (demanded instanceof Drift drift) {
            DriftCheck.Demand demand = drift.some() ? DriftCheck.Demand.SOME_ABSENT : DriftCheck.Demand.NONE_ABSENT;
            return List.of(
                    Expectation.now(new DriftCheck(demand, since(expected, moments.watching()), moments.judged())));
        }
        if (demanded instanceof PagerSilent) {
            Moment since = since(expected, moments.step());
            return patient(Duration.ZERO, AlertCheck.silence(AlertMatch.any(), since, moments.judged()));
        }
        if (demanded instanceof AlertStaysSilent silent) {
            Moment since = since(expected, moments.step());
            return patient(Duration.ZERO, AlertCheck.silence(match(silent.alert()), since, moments.judged()));
        }
        return demanded instanceof AlertFires || demanded instanceof AlertResolves ? alert(expected) : probe(expected);
    }

    private List<Expectation> alert(IncidentExpectation expected) {
        if (expected.demanded() instanceof AlertFires fires) {
            Duration deadline = fires.within().in(scale);
            Moment since = since(expected, moments.broken());
            return patient(deadline, AlertCheck.fires(match(fires.alert()), since, deadline));
        }
        AlertResolves resolves = (AlertResolves) expected.demanded();
        Duration deadline = resolves.within().in(scale);
        Moment since = since(expected, moments.step());
        return patient(deadline, AlertCheck.resolves(match(resolves.alert()), since, deadline));
    }

    private List<Expectation> probe(IncidentExpectation expected) {
        if (expected.demanded() instanceof ProbeFails fails) {
            Duration deadline = fails.within().in(scale);
            Moment since = since(expected, moments.broken());
            return patient(deadline, ProbeCheck.fails(probe(fails.probe()), since, deadline));
        }
        if (expected.demanded() instanceof ProbeRecovers recovers) {
            Duration deadline = recovers.within().in(scale);
            Moment since = since(expected, moments.step());
            return patient(deadline, ProbeCheck.healthyAgainWithin(probe(recovers.probe()), since, deadline));
        }
        Moment since = since(expected, moments.step());
        if (expected.demanded() instanceof ProbeStaysFailing failing) {
            ProbeSpec spec = probe(failing.probe());
            Duration looks = looks(spec, expected);
            return patient(
                    looks, ProbeCheck.staysFailing(spec, since, moments.judged().plus(looks)));
        }
        ProbeSpec spec = probe(((ProbeStaysHealthy) expected.demanded()).probe());
        Duration looks = looks(spec, expected);
        return patient(
                looks, ProbeCheck.staysHealthy(spec, since, moments.judged().plus(looks)));
    }

    /** How much longer to look, so that a window which has just begun has enough looks in it. */
    private Duration looks(ProbeSpec spec, IncidentExpectation expected) {
        Duration enough = spec.interval().multipliedBy(LOOKS);
        boolean earlier = expected.since()
                .filter(since -> !since.step().equals(step.id()))
                .isPresent();
        return earlier || moments.lasting().compareTo(enough) >= 0 ? Duration.ZERO : enough;
    }

    private List<Expectation> changes(ChangesArrive changes, Moment since) {
        Duration deadline = changes.within().in(scale);
        Windows windows = new Windows(changes.windows());
        if (!changes.complete()) {
            return patient(deadline, new ArrivalCheck(windows).within(deadline, since));
        }
        List<Expectation> all = new ArrayList<>();
        all.addAll(patient(deadline, new ConvergenceCheck(windows).within(deadline, since)));
        for (WorkCheck check : WorkCheck.all(windows)) {
            if (!(check instanceof ConvergenceCheck)) {
                all.addAll(called(check.expectation(), patient(Duration.ZERO, check)));
            }
        }
        return all;
    }

    private static List<Expectation> called(String sentence, List<Expectation> expectations) {
        return expectations.stream().map(each -> each.called(sentence)).toList();
    }

    private static List<Expectation> patient(Duration deadline, Check check) {
        return List.of(Expectation.within(deadline.plus(GRACE), check));
    }

    private Moment since(IncidentExpectation expected, Moment otherwise) {
        return expected.since().map(this::beginning).orElse(otherwise);
    }

    private Moment beginning(IncidentExpectation.Since since) {
        Moment moment = beginnings.get(since.step());
        if (moment == null) {
            throw since.origin()
                    .wrong("step '" + step.id() + "' expects something since step '" + since.step() + "', which is not"
                            + " part of the replay with these remedies; give both the same when and unless");
        }
        return moment;
    }

    private ProbeSpec probe(String name) {
        return Replay.found(probes, name);
    }

    private AlertMatch match(String name) {
        Cast.Alert alert = Replay.found(incident.cast().alerts(), name);
        AlertMatch match = AlertMatch.named(alert.name());
        for (Map.Entry<String, String> label : alert.labels().entrySet()) {
            match = match.withLabel(label.getKey(), label.getValue());
        }
        return match;
    }
}

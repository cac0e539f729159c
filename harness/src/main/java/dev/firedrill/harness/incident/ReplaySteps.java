package dev.firedrill.harness.incident;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.drill.Caption;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.Expectation;
import dev.firedrill.harness.drill.Figure;
import dev.firedrill.harness.drill.Step;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.probe.ProbeSpec;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the steps of a drill of the steps of an incident: first the row of the record, then what is done, then what is
 * looked at. The row has the id of the incident's step; what belongs to it has that id with a number.
 */
final class ReplaySteps {
    private final Incident incident;
    private final Scale scale;
    private final Set<String> remedies;
    private final FaultCatalogue faults;
    private final SystemConfiguration configuration;
    private final Map<String, ProbeSpec> probes;
    private final List<Step> steps = new ArrayList<>();
    private final List<Expectation> afterwards = new ArrayList<>();
    private final Map<String, Moment> beginnings = new LinkedHashMap<>();
    private final Map<String, Integer> injected = new HashMap<>();
    private final Map<String, Integer> planted = new HashMap<>();
    private final WatchedTime watched;
    private Moment broken = Moment.start();

    ReplaySteps(
            Incident incident,
            Scale scale,
            Set<String> remedies,
            FaultCatalogue faults,
            SystemConfiguration configuration,
            Map<String, ProbeSpec> probes) {
        this.incident = incident;
        this.scale = scale;
        this.remedies = remedies;
        this.faults = faults;
        this.configuration = configuration;
        this.probes = probes;
        this.watched = new WatchedTime(scale);
    }

    /** The drill with these steps after those that it has. */
    Drill finish(Drill drill, List<Figure> figures) {
        List<Step> all = new ArrayList<>(drill.steps());
        all.addAll(steps);
        return new Drill(
                drill.name(),
                drill.title(),
                drill.description(),
                drill.probes(),
                all,
                afterwards,
                drill.recovery(),
                figures,
                drill.remedies(),
                drill.longestFault(),
                drill.about());
    }

    void add(IncidentStep step) {
        String who = step.saw().entrySet().stream()
                .map(seen -> seen.getKey() + ": " + seen.getValue())
                .collect(Collectors.joining("; "));
        steps.add(new Step(step.id(), caption(step, step.title(), step.record(), who), new Action.Narrate()));
        begins(step, Moment.stepStarted(step.id()));
        for (StepAction action : step.actions()) {
            if (action instanceof StepAction.Fault fault) {
                fault(step, fault);
            } else if (action instanceof StepAction.Work work) {
                String title = "people edit " + String.join(", ", work.keys()) + " (" + work.window() + ")";
                append(step, title, new Action.Work(work.window(), work.keys()));
            } else if (action instanceof StepAction.Apply apply) {
                Cast.Change change = Replay.found(incident.cast().changes(), apply.change());
                configuration
                        .change(apply.change() + " (" + step.id() + ")", change.settings())
                        .forEach(done -> append(step, change.title(), done));
            } else if (action instanceof StepAction.Request named) {
                Cast.Request request = Replay.found(incident.cast().requests(), named.request());
                append(step, named.request(), new Action.Request(request.method(), request.url(), Map.of(), ""));
            } else if (action instanceof StepAction.Observe observe) {
                observe(step, observe);
            }
        }
    }

    private void fault(IncidentStep step, StepAction.Fault action) {
        String name = action.fault();
        Cast.Fault fault = Replay.found(incident.cast().faults(), name);
        switch (action.phase()) {
            case PLANT -> {
                append(step, "plant: " + name, new Action.Inject(name, made(fault.harm()), InjectionPhase.PLANT));
                begins(step, Moment.faultPlanted(name, planted.merge(name, 1, Integer::sum)));
            }
            case TRIGGER -> {
                Fault trigger = made(fault.trigger().orElseThrow());
                append(step, "trigger: " + name, new Action.Inject(name, trigger, InjectionPhase.TRIGGER));
                broken = Moment.faultActive(name, injected.merge(name, 1, Integer::sum));
                watched.breaks();
                begins(step, broken);
            }
            case INJECT -> {
                append(step, "inject: " + name, new Action.Inject(name, made(fault.harm()), InjectionPhase.INJECT));
                broken = Moment.faultActive(name, injected.merge(name, 1, Integer::sum));
                watched.breaks();
                begins(step, broken);
            }
            case UNDO -> append(step, "put back: " + name, new Action.Undo(name));
        }
    }

    private void begins(IncidentStep step, Moment moment) {
        beginnings.put(step.id(), moment);
        watched.begins(step.id());
    }

    private Fault made(Cast.FaultCall call) {
        return faults.kind(call.kind()).make(call.parameters());
    }

    private void observe(IncidentStep step, StepAction.Observe observe) {
        Moment watching = Moment.stepStarted(nextId(step));
        observe.lasting()
                .ifPresent(span -> append(
                        step, "observe for " + Durations.words(span.in(scale)), new Action.Observe(span.in(scale))));
        Duration lasting = observe.lasting().map(span -> span.in(scale)).orElse(Duration.ZERO);
        watched.passes(lasting);
        Moment judged = Moment.stepStarted(nextId(step));
        ReplayExpectations expectations = new ReplayExpectations(
                incident,
                scale,
                probes,
                beginnings,
                step,
                new ReplayExpectations.Moments(broken, Replay.found(beginnings, step.id()), watching, judged, lasting));
        List<Expectation> now = new ArrayList<>();
        for (IncidentExpectation expected : observe.expectations()) {
            if (expected.condition().holds(remedies)) {
                boolean silence = ReplayExpectations.believedOnlyLater(expected);
                (silence ? afterwards : now).addAll(expectations.of(expected));
                if (silence) {
                    watched.demandSilence(expected, step);
                }
            }
        }
        if (!now.isEmpty() || !observe.expectations().isEmpty()) {
            append(step, "what must be seen by now", new Action.Demand(now));
        }
    }

    private void append(IncidentStep step, String title, Action action) {
        steps.add(new Step(nextId(step), caption(step, title, "", ""), action));
    }

    private static Caption caption(IncidentStep step, String title, String record, String who) {
        RecordTime time = step.time();
        String until =
                time.until().map(DateTimeFormatter.ISO_OFFSET_DATE_TIME::format).orElse("");
        return new Caption(title, time.iso(), until, time.assumed(), record, who);
    }

    private String nextId(IncidentStep step) {
        long parts = steps.stream()
                .filter(each -> each.id().equals(step.id()) || each.id().startsWith(step.id() + "."))
                .count();
        return step.id() + "." + parts;
    }
}

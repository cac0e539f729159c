package dev.firedrill.harness.incident;

import dev.firedrill.harness.incident.StepAction.FaultPhase;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the steps of an incident file, in order, knowing at each what came before. */
final class TimelineReader {
    private static final List<String> ACTIONS = List.of("fault", "work", "apply", "request", "observe");
    private static final List<String> PHASES = List.of("plant", "trigger", "inject", "undo");

    private final Cast cast;
    private final TimeReader times;
    private final List<String> ids = new ArrayList<>();
    private final List<String> windows = new ArrayList<>();
    private final Set<String> requests = new HashSet<>();
    private final Set<String> planted = new HashSet<>();
    private final Set<String> active = new HashSet<>();

    TimelineReader(Cast cast, ZoneId zone) {
        this.cast = cast;
        this.times = new TimeReader(zone);
    }

    List<IncidentStep> read(Located timeline) {
        return timeline.items().stream()
                .map(step -> step(step.called("a step")))
                .toList();
    }

    private IncidentStep step(Located place) {
        List<String> optional = new ArrayList<>(List.of("until", "assumed", "id", "saw"));
        optional.addAll(ACTIONS);
        optional.addAll(List.of("when", "unless"));
        Fields fields = place.fields(List.of("at", "title", "record"), optional);
        String id = fields.find("id").map(Located::text).orElse("step-" + (ids.size() + 1));
        if (!id.matches("[A-Za-z0-9_-]+")) {
            throw fields.get("id")
                    .wrong("id is not a name: \"" + id + "\"; allowed: letters, digits, dashes and underscores");
        }
        if (ids.contains(id)) {
            throw fields.find("id").orElse(place).wrong("two steps have the id \"" + id + "\"");
        }
        RecordTime time = times.read(fields);
        ids.add(id);
        Map<String, String> saw = new LinkedHashMap<>();
        fields.find("saw").ifPresent(map -> map.entries().forEach((who, what) -> saw.put(who, what.text())));
        List<StepAction> actions = new ArrayList<>();
        fields.entries().forEach((key, value) -> actions.addAll(actions(key, value)));
        return new IncidentStep(id, time, fields.text("title"), fields.text("record"), saw, actions, condition(fields));
    }

    private List<StepAction> actions(String key, Located value) {
        return switch (key) {
            case "fault" -> List.of(fault(value));
            case "work" -> List.of(work(value));
            case "apply" -> named(value, "change", cast.changes().keySet(), StepAction.Apply::new);
            case "request" -> named(value, "request", cast.requests().keySet(), this::request);
            case "observe" -> List.of(observe(value));
            default -> List.of();
        };
    }

    private static List<StepAction> named(
            Located value, String thing, Set<String> declared, Function<String, StepAction> action) {
        return value.oneOrMore().stream()
                .map(name -> action.apply(name.called(thing).oneOf(declared)))
                .toList();
    }

    private StepAction request(String name) {
        requests.add(name);
        return new StepAction.Request(name);
    }

    private StepAction fault(Located place) {
        Fields fields = place.fields(List.of(), PHASES);
        if (fields.entries().size() != 1) {
            throw place.wrong("a step does one thing to one fault; allowed: " + String.join(", ", PHASES));
        }
        String word = fields.entries().keySet().iterator().next();
        Located name = fields.get(word).called("fault");
        String fault = name.oneOf(cast.faults().keySet());
        FaultPhase phase = FaultPhase.valueOf(word.toUpperCase(Locale.ROOT));
        boolean latent = Optional.ofNullable(cast.faults().get(fault))
                .flatMap(Cast.Fault::trigger)
                .isPresent();
        switch (phase) {
            case PLANT, TRIGGER -> {
                if (!latent) {
                    throw name.wrong("fault '" + fault + "' has no trigger, so it can only be injected");
                }
                if (phase == FaultPhase.TRIGGER && !planted.contains(fault)) {
                    throw name.wrong("fault '" + fault + "' is triggered, but no earlier step planted it");
                }
                planted.add(fault);
            }
            case INJECT -> {
                if (latent) {
                    throw name.wrong("fault '" + fault + "' is latent: plant it, then trigger it");
                }
                active.add(fault);
            }
            case UNDO -> {
                if (!planted.remove(fault) && !active.remove(fault)) {
                    throw name.wrong("fault '" + fault + "' is put back, but no earlier step planted or injected it");
                }
            }
        }
        return new StepAction.Fault(phase, fault);
    }

    private StepAction work(Located place) {
        Fields fields = place.fields(List.of("edit", "as"), List.of());
        List<String> keys = fields.get("edit").oneOrMore().stream()
                .map(key -> key.called("key").oneOf(cast.keys()))
                .toList();
        String window = fields.text("as");
        if (!windows.contains(window)) {
            windows.add(window);
        }
        return new StepAction.Work(keys, window);
    }

    private StepAction observe(Located place) {
        Fields fields = place.fields(List.of(), List.of("for", "expect"));
        if (fields.entries().isEmpty()) {
            throw place.wrong("observe must say for how long, or what to expect; allowed: for, expect");
        }
        ExpectationReader reader = new ExpectationReader(cast, ids, windows, requests);
        return new StepAction.Observe(
                fields.find("for").map(Located::span), fields.list("expect", reader::expectation));
    }

    private Condition condition(Fields fields) {
        return ExpectationReader.condition(fields, cast.remedies().keySet());
    }
}

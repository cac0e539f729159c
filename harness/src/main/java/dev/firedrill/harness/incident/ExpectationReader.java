package dev.firedrill.harness.incident;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a step of an incident file expects: a map with a subject, what is said of it, and when it counts. */
final class ExpectationReader {
    private static final Map<String, List<String>> PREDICATES = Map.of(
            "probe", List.of("stays", "fails", "recovers"),
            "alert", List.of("fires", "resolves", "stays"),
            "pager", List.of(),
            "drift", List.of(),
            "request", List.of("names"),
            "changes", List.of("within"));
    private static final List<String> SUBJECTS = List.of("probe", "alert", "pager", "drift", "request", "changes");

    private final Cast cast;
    private final List<String> steps;
    private final List<String> windows;
    private final Set<String> requests;

    /**
     * @param steps the ids of the steps up to this one
     * @param windows the windows of work up to this step
     * @param requests the requests that were made up to this step
     */
    ExpectationReader(Cast cast, List<String> steps, List<String> windows, Set<String> requests) {
        this.requests = Set.copyOf(requests);
        this.cast = cast;
        this.steps = List.copyOf(steps);
        this.windows = List.copyOf(windows);
    }

    static Condition condition(Fields fields, Set<String> remedies) {
        return new Condition(remedies(fields, "when", remedies), remedies(fields, "unless", remedies));
    }

    private static List<String> remedies(Fields fields, String key, Set<String> remedies) {
        return fields.find(key)
                .map(names -> names.oneOrMore().stream()
                        .map(name -> name.called("remedy").oneOf(remedies))
                        .toList())
                .orElse(List.of());
    }

    IncidentExpectation expectation(Located place) {
        Located called = place.called("an expectation");
        String subject = SUBJECTS.stream()
                .filter(called.entries()::containsKey)
                .findFirst()
                .orElseThrow(
                        () -> place.wrong("an expectation lacks its subject; allowed: " + String.join(", ", SUBJECTS)));
        List<String> predicates = PREDICATES.getOrDefault(subject, List.of());
        List<String> optional = new ArrayList<>(predicates);
        optional.addAll(subject.equals("changes") ? List.of("as") : List.of());
        optional.addAll(List.of("since", "when", "unless"));
        Fields fields = place.called("an expectation of " + subject).fields(List.of(subject), optional);
        List<String> said = predicates.stream().filter(fields::has).toList();
        if (!predicates.isEmpty() && said.size() != 1) {
            throw place.wrong(
                    "an expectation of " + subject + " says one thing; allowed: " + String.join(", ", predicates));
        }
        Demanded demanded = demanded(subject, said.isEmpty() ? "" : said.get(0), fields);
        return new IncidentExpectation(
                demanded,
                fields.find("since").map(since -> since(since.called("step"))),
                condition(fields, cast.remedies().keySet()),
                place.place());
    }

    private IncidentExpectation.Since since(Located step) {
        return new IncidentExpectation.Since(step.oneOf(steps), step.place());
    }

    private Demanded demanded(String subject, String predicate, Fields fields) {
        return switch (subject) {
            case "probe" -> probe(fields.get(subject).oneOf(cast.probes().keySet()), predicate, fields);
            case "alert" -> alert(fields.get(subject).oneOf(cast.alerts().keySet()), predicate, fields);
            case "pager" -> {
                fields.get(subject).called("state of the pager").oneOf(List.of("silent"));
                yield new PagerSilent();
            }
            case "drift" ->
                new Drift(fields.get(subject)
                        .called("amount of drift")
                        .oneOf(List.of("some", "none"))
                        .equals("some"));
            case "request" -> request(fields);
            default -> changes(fields);
        };
    }

    private static Demanded probe(String probe, String predicate, Fields fields) {
        Located value = fields.get(predicate);
        if (predicate.equals("stays")) {
            String state = value.called("state of a probe").oneOf(List.of("healthy", "failing"));
            return state.equals("healthy") ? new ProbeStaysHealthy(probe) : new ProbeStaysFailing(probe);
        }
        return predicate.equals("fails") ? new ProbeFails(probe, value.span()) : new ProbeRecovers(probe, value.span());
    }

    private static Demanded alert(String alert, String predicate, Fields fields) {
        Located value = fields.get(predicate);
        if (predicate.equals("stays")) {
            value.called("state of an alert").oneOf(List.of("silent"));
            return new AlertStaysSilent(alert);
        }
        return predicate.equals("fires") ? new AlertFires(alert, value.span()) : new AlertResolves(alert, value.span());
    }

    private Demanded request(Fields fields) {
        Located request = fields.get("request").called("request");
        String name = request.oneOf(cast.requests().keySet());
        if (!requests.contains(name)) {
            throw request.wrong("request '" + name + "' is expected to name something, but neither this step nor an"
                    + " earlier one makes it");
        }
        fields.get("names").called("what a request names").oneOf(List.of("every absent change"));
        return new RequestNamesBacklog(name);
    }

    private Demanded changes(Fields fields) {
        Located state = fields.get("changes").called("state of the changes");
        boolean complete = state.oneOf(List.of("arrived", "complete")).equals("complete");
        List<String> named = fields.find("as")
                .map(as -> as.oneOrMore().stream()
                        .map(window -> window.called("window of work").oneOf(windows))
                        .toList())
                .orElse(windows);
        if (named.isEmpty()) {
            throw state.wrong("changes are expected, but no earlier step edits anything");
        }
        return new ChangesArrive(named, complete, fields.get("within").span());
    }
}

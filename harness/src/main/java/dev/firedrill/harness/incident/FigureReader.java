package dev.firedrill.harness.incident;

import dev.firedrill.harness.incident.IncidentFigure.ChangesAbsent;
import dev.firedrill.harness.incident.IncidentFigure.Elapsed;
import dev.firedrill.harness.incident.IncidentFigure.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the figures of an incident file. */
final class FigureReader {
    private static final String PAGE = "page";
    private static final String NO_DRIFT = "no drift";
    private static final String NEVER = "never";

    private FigureReader() {}

    static List<IncidentFigure> read(Located figures, List<String> steps) {
        List<IncidentFigure> all = new ArrayList<>();
        figures.entries().forEach((name, figure) -> all.add(figure(name, figure, steps)));
        return all;
    }

    private static IncidentFigure figure(String name, Located place, List<String> steps) {
        Located called = place.called("figure '" + name + "'");
        if (called.entries().containsKey("changes absent at")) {
            Fields fields = called.fields(List.of("changes absent at"), List.of("note"));
            String at = fields.get("changes absent at").called("step").oneOf(steps);
            return new ChangesAbsent(name, at, fields.text("note", ""));
        }
        Fields fields = called.fields(List.of("from", "to", "record"), List.of("note"));
        String from = fields.get("from").called("step").oneOf(steps);
        List<String> later = steps.subList(steps.indexOf(from) + 1, steps.size());
        Located record = fields.get("record").called("step");
        String recorded = record.oneOf(with(steps, NEVER));
        forwards(record, from, steps, with(later, NEVER, from));
        return new Elapsed(
                name,
                from,
                fields.get("to").oneOrMore().stream()
                        .map(end -> end(end, from, steps, later))
                        .toList(),
                Optional.of(recorded).filter(step -> !step.equals(NEVER)),
                fields.text("note", ""));
    }

    private static void forwards(Located place, String from, List<String> steps, List<String> allowed) {
        String word = place.text();
        if (steps.contains(word) && !allowed.contains(word)) {
            throw place.wrong("a figure from \"" + from + "\" does not run backwards, to \"" + word + "\"; allowed: "
                    + String.join(", ", allowed));
        }
    }

    private static End end(Located place, String from, List<String> steps, List<String> later) {
        String word = place.called("end of a figure").oneOf(with(steps, PAGE, NO_DRIFT));
        forwards(place, from, steps, with(later, PAGE, NO_DRIFT));
        return switch (word) {
            case PAGE -> new IncidentFigure.FirstPage();
            case NO_DRIFT -> new IncidentFigure.NoDrift();
            default -> new IncidentFigure.StepBegins(word);
        };
    }

    private static List<String> with(List<String> steps, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(steps);
        return all;
    }
}

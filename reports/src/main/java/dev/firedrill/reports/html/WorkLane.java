package dev.firedrill.reports.html;

import static dev.firedrill.reports.html.Markup.number;

import dev.firedrill.reports.record.Band;
import dev.firedrill.reports.record.WorkRecord;
import dev.firedrill.reports.record.WorkRecord.Happening;
import dev.firedrill.reports.record.WorkRecord.Operation;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Delayed work: how many accepted changes had not arrived, and when each thing happened. */
final class WorkLane {
    private static final double HEIGHT = 40;

    private final Lane lane;

    WorkLane(Lane lane) {
        this.lane = lane;
    }

    void write(WorkRecord work) {
        if (work.isEmpty()) {
            return;
        }
        lane.heading("delayed work");
        backlog(work);
        for (Happening happening : Happening.values()) {
            if (work.total(happening) > 0) {
                lane.row(happening.word(), String.valueOf(work.total(happening)));
                ticks(work.bands(), happening);
            }
        }
    }

    private void backlog(WorkRecord work) {
        TreeMap<Duration, Integer> steps = new TreeMap<>();
        for (Operation operation : work.operations()) {
            Duration accepted = operation.acceptedOrNull();
            if (accepted != null) {
                steps.merge(accepted, 1, Integer::sum);
                Duration settled = operation.settledOrNull();
                if (settled != null) {
                    steps.merge(settled.compareTo(accepted) < 0 ? accepted : settled, -1, Integer::sum);
                }
            }
        }
        int level = 0;
        int most = 1;
        for (int step : steps.values()) {
            level += step;
            most = Math.max(most, level);
        }
        lane.row("accepted, not yet there", "at most " + most);
        double base = lane.top() + HEIGHT + 4;
        StringBuilder path = new StringBuilder("M" + number(Axis.LEFT) + " " + number(base));
        level = 0;
        for (Map.Entry<Duration, Integer> step : steps.entrySet()) {
            level += step.getValue();
            path.append('H').append(number(lane.axis().x(step.getKey())));
            path.append('V').append(number(base - HEIGHT * level / most));
        }
        path.append('H')
                .append(number(Axis.RIGHT))
                .append('V')
                .append(number(base))
                .append('Z');
        lane.out().open("path", "class", "backlog", "d", path.toString()).close("path");
        lane.grow(HEIGHT - Lane.ROW + 10);
    }

    private void ticks(List<Band<Happening>> bands, Happening happening) {
        Set<String> places = new LinkedHashSet<>();
        for (Band<Happening> band : bands) {
            if (band.count(happening) > 0) {
                places.add(number(Math.rint(lane.axis().x(band.from()))));
            }
        }
        StringBuilder path = new StringBuilder();
        places.forEach(x -> path.append('M')
                .append(x)
                .append(' ')
                .append(number(lane.top() + 7))
                .append("v10"));
        lane.out()
                .open("path", "class", "work " + style(happening), "d", path.toString())
                .close("path");
    }

    private static String style(Happening happening) {
        return switch (happening) {
            case REFUSED, UNKNOWN, DUPLICATE -> "bad";
            case APPLIED -> "good";
            default -> "plain";
        };
    }
}

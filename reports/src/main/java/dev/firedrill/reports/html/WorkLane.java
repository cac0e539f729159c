package dev.firedrill.reports.html;

import static dev.firedrill.reports.html.Markup.number;

import dev.firedrill.reports.record.Band;
import dev.firedrill.reports.record.WorkRecord;
import dev.firedrill.reports.record.WorkRecord.Happening;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
        List<Long> levels = new ArrayList<>();
        long level = 0;
        for (Band<Happening> band : work.bands()) {
            level += band.count(Happening.ACCEPTED) - band.count(Happening.APPLIED) - band.count(Happening.SUPERSEDED);
            levels.add(Math.max(0, level));
        }
        long most = Math.max(1, levels.stream().mapToLong(Long::longValue).max().orElse(1));
        lane.row("accepted, not yet applied", "at most " + most);
        double base = lane.top() + HEIGHT + 4;
        StringBuilder path = new StringBuilder("M" + number(Axis.LEFT) + " " + number(base));
        for (int i = 0; i < levels.size(); i++) {
            path.append('H').append(number(lane.axis().x(work.bands().get(i).from())));
            path.append('V').append(number(base - HEIGHT * levels.get(i) / most));
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
            case GAVE_UP, REFUSED, UNKNOWN, DUPLICATE -> "bad";
            case APPLIED, SUPERSEDED -> "good";
            default -> "plain";
        };
    }
}

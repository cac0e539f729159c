package dev.firedrill.reports.html;

import static dev.firedrill.reports.html.Markup.number;

import dev.firedrill.reports.record.DrillRecord;
import dev.firedrill.reports.record.DrillRecord.StepRecord;
import dev.firedrill.reports.record.FaultRecord;
import dev.firedrill.reports.wording.Wording;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

/**
 * The drill drawn to scale: real time runs along one axis, the times of the incident's record are marked on it, and the
 * lanes below show faults, probes, alerts and delayed work.
 */
final class Timeline {
    private static final double WIDTH = Axis.RIGHT + 150;

    private final Markup out;
    private final DrillRecord drill;
    private final String id;
    private final Axis axis;
    private final Markup lanes = new Markup();
    private final Lane lane;

    Timeline(Markup out, DrillRecord drill, String id) {
        this.out = out;
        this.drill = drill;
        this.id = id;
        Duration least = drill.from().plusMillis(100);
        this.axis = new Axis(drill.from(), drill.to().compareTo(least) < 0 ? least : drill.to());
        this.lane = new Lane(lanes, axis, id);
    }

    void write() {
        out.leaf("h3", "Timeline");
        out.leaf("p", scale(), "class", "caption");
        new StepLane(lanes, axis).write(drill.rows());
        new FaultLane(lane).write(drill.happenings().faults(), firstRow());
        new ProbeLane(lane).write(drill.happenings().probes());
        new AlertLane(lane)
                .write(drill.happenings().alerts(), drill.happenings().canaries());
        new WorkLane(lane).write(drill.happenings().work());
        double bottom = lane.bottom();
        out.open("div", "class", "scroll timeline")
                .open(
                        "svg",
                        "viewBox",
                        "0 0 " + number(WIDTH) + " " + number(bottom + 34),
                        "role",
                        "img",
                        "aria-labelledby",
                        id + "-svg-title " + id + "-svg-text");
        out.leaf("title", "Timeline of " + DrillSection.heading(drill), "id", id + "-svg-title");
        out.leaf("desc", description(), "id", id + "-svg-text");
        patterns();
        grid(bottom);
        out.raw(lanes.toString());
        guides(bottom);
        out.close("svg").close("div").newline();
        legend();
    }

    /** When the first row of the record began; what was changed before that only sets the replay up. */
    private Duration firstRow() {
        return drill.steps().stream()
                .filter(step -> step.recordAtOrNull() != null)
                .map(StepRecord::at)
                .findFirst()
                .orElse(drill.from());
    }

    /** What the drawing compresses, in words. */
    private String scale() {
        List<OffsetDateTime> record = drill.steps().stream()
                .map(StepRecord::recordAtOrNull)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .sorted()
                .toList();
        String real = Wording.duration(drill.to().minus(drill.from()));
        String what = "Real time is drawn to scale, from the start of the run: " + real + " in all";
        if (record.isEmpty()) {
            return what + ".";
        }
        Duration span = Duration.between(record.get(0), record.get(record.size() - 1));
        return what + ", in which " + Wording.duration(span) + " of the record go by. The record's times stand above.";
    }

    private String description() {
        return "Real time from " + Wording.moment(axis.from()) + " to " + Wording.moment(axis.to())
                + " of the run, with "
                + Wording.count(drill.rows().size(), "step") + ", "
                + Wording.count(
                        drill.happenings().faults().stream()
                                .filter(fault -> !fault.isOperators())
                                .count(),
                        "fault")
                + ", "
                + Wording.count(drill.happenings().probes().size(), "probe") + " and "
                + Wording.count(drill.happenings().alerts().size(), "alert")
                + ". The tables below say the same in words.";
    }

    private void patterns() {
        out.open("defs");
        for (String name : List.of("failed", "planted", "pending", "missed")) {
            out.open(
                    "pattern",
                    "id",
                    id + "-" + name,
                    "class",
                    "hatch-" + name,
                    "width",
                    "6",
                    "height",
                    "6",
                    "patternUnits",
                    "userSpaceOnUse",
                    "patternTransform",
                    name.equals("failed") ? "rotate(45)" : "rotate(-45)");
            out.open("rect", "class", "ground", "width", "6", "height", "6").close("rect");
            out.open("rect", "class", "stroke", "width", "2", "height", "6")
                    .close("rect")
                    .close("pattern");
        }
        out.close("defs");
    }

    private void grid(double bottom) {
        for (Duration tick : axis.ticks()) {
            String x = number(axis.x(tick));
            out.open("path", "class", "grid", "d", "M" + x + " " + number(StepLane.AXIS) + "V" + number(bottom + 4))
                    .close("path");
            out.leaf("text", seconds(tick), "class", "tick", "x", x, "y", number(bottom + 18), "text-anchor", "middle");
        }
        out.leaf("text", "real time", "class", "axis-name", "x", "0", "y", number(bottom + 18));
    }

    private static String seconds(Duration tick) {
        double value = tick.toNanos() / 1e9;
        return "+" + (value == Math.rint(value) ? String.valueOf((long) value) : number(value)) + " s";
    }

    private void guides(double bottom) {
        for (FaultRecord fault : drill.happenings().faults()) {
            if (fault.isOperators()) {
                continue;
            }
            fault.surfaced().ifPresent(at -> guide("surfaced", at, bottom));
            fault.undone().ifPresent(at -> guide("undone", at, bottom));
        }
    }

    private void guide(String style, Duration at, double bottom) {
        out.open(
                        "path",
                        "class",
                        "guide " + style,
                        "d",
                        "M" + number(axis.x(at)) + " " + number(StepLane.AXIS) + "V" + number(bottom + 4))
                .close("path");
    }

    private void legend() {
        out.open("ul", "class", "legend", "aria-hidden", "true");
        for (String each : List.of(
                "planted planted, unseen",
                "active fault active",
                "changed changed by operators",
                "ok answers",
                "failed fails",
                "missed not measured",
                "pending alert pending",
                "firing alert firing",
                "backlog accepted, not yet applied")) {
            int space = each.indexOf(' ');
            out.open("li")
                    .open("svg", "width", "22", "height", "10")
                    .open(
                            "rect",
                            "width",
                            "22",
                            "height",
                            "10",
                            "class",
                            each.substring(0, space),
                            "fill",
                            hatched(each.substring(0, space)));
            out.close("rect").close("svg").text(each.substring(space)).close("li");
        }
        line("guide surfaced", "fault surfaced");
        line("guide undone", "undone");
        out.open("li")
                .text("▼ delivered to the pager")
                .close("li")
                .open("li")
                .text("△ all-clear delivered")
                .close("li");
        out.close("ul").newline();
    }

    private void line(String style, String words) {
        out.open("li").open("svg", "width", "10", "height", "12").open("path", "class", style, "d", "M5 0v12");
        out.close("path").close("svg").text(" " + words).close("li");
    }

    private String hatched(String name) {
        return List.of("failed", "planted", "pending", "missed").contains(name) ? "url(#" + id + "-" + name + ")" : "";
    }
}

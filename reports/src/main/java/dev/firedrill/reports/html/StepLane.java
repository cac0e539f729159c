package dev.firedrill.reports.html;

import static dev.firedrill.reports.html.Markup.number;

import dev.firedrill.reports.record.DrillRecord.StepRecord;
import dev.firedrill.reports.record.Row;
import dev.firedrill.reports.wording.Wording;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The steps along the axis: numbered, with the time of the record, moved apart where they crowd. */
final class StepLane {
    /** Where the axis of real time lies. */
    static final double AXIS = 92;

    private static final double NUMBERS = 30;
    private static final double ROOMY = 40;
    private static final double TIGHT = 18;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private final Markup out;
    private final Axis axis;

    StepLane(Markup out, Axis axis) {
        this.out = out;
        this.axis = axis;
    }

    void write(List<Row> rows) {
        List<Row> steps = rows.stream().filter(row -> row.number() > 0).toList();
        boolean replay = steps.stream().anyMatch(row -> row.head().recordAtOrNull() != null);
        out.leaf("text", "steps", "class", "lane", "x", "0", "y", number(NUMBERS + 4));
        if (replay) {
            out.leaf("text", "time in the record", "class", "axis-name", "x", "0", "y", number(NUMBERS + 22));
        }
        out.open("path", "class", "axis", "d", "M" + number(Axis.LEFT) + " " + number(AXIS) + "H" + number(Axis.RIGHT))
                .close("path");
        double room = (Axis.WIDTH + 60) / Math.max(1, steps.size());
        double pitch = Math.max(4, Math.min(ROOMY, room));
        List<Double> places = LabelSpread.place(
                steps.stream().map(row -> axis.x(row.head().at())).toList(), pitch, Axis.LEFT - 30, Axis.RIGHT + 30);
        String day = "";
        for (int i = 0; i < steps.size(); i++) {
            Row row = steps.get(i);
            boolean numbered = pitch >= TIGHT;
            ticks(row, numbered ? places.get(i) : axis.x(row.head().at()), numbered);
            if (numbered) {
                circle(row, places.get(i), Math.min(9, pitch / 2 - 0.5));
            }
            day = times(row.head(), places.get(i), day, pitch >= 34);
        }
    }

    private void ticks(Row row, double place, boolean numbered) {
        Duration at = row.head().at();
        double x = axis.x(at);
        Duration took = row.length();
        if (!took.isZero()) {
            double width = Math.max(1, axis.x(at.plus(took)) - x);
            out.open(
                    "rect",
                    "class",
                    "took",
                    "x",
                    number(x),
                    "y",
                    number(AXIS - 3),
                    "height",
                    "6",
                    "width",
                    number(width));
            out.close("rect");
        }
        out.open(
                        "path",
                        "class",
                        "lead",
                        "d",
                        (numbered ? "M" + number(place) + " " + number(NUMBERS + 28) + "L" : "M") + number(x) + " "
                                + number(AXIS - 12) + "V" + number(AXIS + 4))
                .close("path");
    }

    private void circle(Row row, double place, double radius) {
        StepRecord step = row.head();
        String style = row.isRecited() ? "dot record" : row.isHarm() ? "dot harm" : "dot";
        out.open("g").leaf("title", row.number() + ": " + step.title() + " " + Wording.moment(step.at()));
        out.open("circle", "class", style, "cx", number(place), "cy", number(NUMBERS), "r", number(radius))
                .close("circle");
        out.leaf(
                "text",
                Integer.toString(row.number()),
                "class",
                style,
                "x",
                number(place),
                "y",
                number(NUMBERS + 4),
                "text-anchor",
                "middle");
        out.close("g");
    }

    private String times(StepRecord step, double place, String lastDay, boolean roomy) {
        OffsetDateTime at = step.recordAtOrNull();
        if (at == null || !roomy) {
            return lastDay;
        }
        out.leaf(
                "text",
                Wording.clock(at),
                "class",
                "clock",
                "x",
                number(place),
                "y",
                number(NUMBERS + 22),
                "text-anchor",
                "middle");
        String day = DAY.format(at);
        if (!day.equals(lastDay)) {
            out.leaf(
                    "text",
                    day,
                    "class",
                    "day",
                    "x",
                    number(place),
                    "y",
                    number(NUMBERS - 15),
                    "text-anchor",
                    "middle");
        }
        return day;
    }
}

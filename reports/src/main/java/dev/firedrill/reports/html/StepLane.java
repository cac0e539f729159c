package dev.firedrill.reports.html;

import static dev.firedrill.reports.html.Markup.number;

import dev.firedrill.reports.record.DrillRecord.StepRecord;
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

    void write(List<StepRecord> steps) {
        boolean replay = steps.stream().anyMatch(step -> step.recordAtOrNull() != null);
        out.leaf("text", "steps", "class", "lane", "x", "0", "y", number(NUMBERS + 4));
        if (replay) {
            out.leaf("text", "time in the record", "class", "axis-name", "x", "0", "y", number(NUMBERS + 22));
        }
        out.open("path", "class", "axis", "d", "M" + number(Axis.LEFT) + " " + number(AXIS) + "H" + number(Axis.RIGHT))
                .close("path");
        double room = (Axis.WIDTH + 60) / Math.max(1, steps.size());
        double pitch = Math.max(4, Math.min(ROOMY, room));
        List<Double> places = LabelSpread.place(
                steps.stream().map(step -> axis.x(step.at())).toList(), pitch, Axis.LEFT - 30, Axis.RIGHT + 30);
        String day = "";
        for (int i = 0; i < steps.size(); i++) {
            StepRecord step = steps.get(i);
            boolean numbered = pitch >= TIGHT;
            ticks(step, numbered ? places.get(i) : axis.x(step.at()), numbered);
            if (numbered) {
                circle(step, places.get(i), Math.min(9, pitch / 2 - 0.5));
            }
            day = times(step, places.get(i), day, pitch >= 34);
        }
    }

    private void ticks(StepRecord step, double place, boolean numbered) {
        double x = axis.x(step.at());
        Duration took = step.tookOrNull();
        if (took != null && !took.isZero()) {
            double width = Math.max(1, axis.x(step.at().plus(took)) - x);
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

    private void circle(StepRecord step, double place, double radius) {
        String style = "record".equals(step.kind()) ? "dot record" : "fault".equals(step.kind()) ? "dot harm" : "dot";
        out.open("g").leaf("title", step.number() + ": " + step.words() + " " + Wording.moment(step.at()));
        out.open("circle", "class", style, "cx", number(place), "cy", number(NUMBERS), "r", number(radius))
                .close("circle");
        out.leaf(
                "text",
                Integer.toString(step.number()),
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

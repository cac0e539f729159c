package dev.firedrill.reports.html;

import static dev.firedrill.reports.html.Markup.number;

import dev.firedrill.reports.wording.Wording;
import java.time.Duration;

/** Where the rows of the timeline go: a name on the left, the drawing, a number on the right. */
final class Lane {
    static final double ROW = 24;
    private static final double BAR = 12;
    private static final int LONGEST_NAME = 27;

    private final Markup out;
    private final Axis axis;
    private final String id;
    private double y = StepLane.AXIS + 8;

    Lane(Markup out, Axis axis, String id) {
        this.out = out;
        this.axis = axis;
        this.id = id;
    }

    Markup out() {
        return out;
    }

    Axis axis() {
        return axis;
    }

    double bottom() {
        return y;
    }

    /** The upper edge of the row that was begun last. */
    double top() {
        return y - ROW;
    }

    void heading(String text) {
        y += 12;
        out.newline()
                .open("path", "class", "rule", "d", "M0 " + number(y) + "H" + number(Axis.RIGHT + 150))
                .close("path");
        out.leaf("text", text, "class", "lane", "x", "0", "y", number(y + 15));
        y += 20;
    }

    void row(String name, String summary) {
        y += ROW;
        String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
        out.newline().open("text", "class", "name", "x", "0", "y", number(y - 8));
        out.text(shown).leaf("title", name).close("text");
        out.leaf("text", summary, "class", "sum", "x", number(Axis.RIGHT + 10), "y", number(y - 8));
    }

    /** More room below the last row. */
    void grow(double height) {
        y += height;
    }

    /** A bar in the last row; short ones stay visible. */
    void bar(String style, Duration from, Duration to, String tip) {
        double left = axis.x(from);
        double width = Math.max(1.5, axis.x(to) - left);
        boolean hatched =
                switch (style) {
                    case "failed", "planted", "pending", "missed" -> true;
                    default -> false;
                };
        out.open(
                "rect",
                "class",
                style,
                "x",
                number(left),
                "y",
                number(y - ROW + (ROW - BAR) / 2),
                "width",
                number(width),
                "height",
                number(BAR),
                "fill",
                hatched ? "url(#" + id + "-" + style + ")" : "");
        out.leaf("title", tip).close("rect");
    }

    /** A sign in the last row. */
    void sign(String style, Duration at, String sign, String tip) {
        out.open("text", "class", style, "x", number(axis.x(at)), "y", number(y - 8), "text-anchor", "middle");
        out.text(sign).leaf("title", tip + " " + Wording.moment(at)).close("text");
    }

    /** A sign in the last row, after what ends there. */
    void signAfter(String style, Duration at, String sign, String tip) {
        out.open("text", "class", style, "x", number(axis.x(at) + 5), "y", number(y - 8));
        out.text(sign).leaf("title", tip + " " + Wording.moment(at)).close("text");
    }

    /** Words in the last row, beside the bars. */
    void words(Duration at, String text) {
        out.leaf("text", text, "class", "words", "x", number(axis.x(at) + 6), "y", number(y - 8));
    }
}

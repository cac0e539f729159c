package dev.firedrill.reports.html;

import static dev.firedrill.reports.html.Markup.number;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.reports.wording.Wording;
import java.time.Duration;

/** How much of a deadline was used, drawn to scale; a pass with less than a fifth left is marked. */
final class MarginBar {
    private static final double WIDTH = 120;

    private final Markup out;

    MarginBar(Markup out) {
        this.out = out;
    }

    void write(Judgement judgement) {
        Duration deadline = judgement.deadlineOrNull();
        if (deadline == null) {
            judgement.took().ifPresent(took -> out.text(Wording.duration(took)));
            return;
        }
        String took = judgement.took().map(Wording::duration).orElse("never");
        out.open("span", "class", "amount").leaf("strong", took).text(" of " + Wording.duration(deadline));
        out.close("span");
        judgement.margin().ifPresent(margin -> {
            double used = Math.max(0, Math.min(1.25, 1 - margin)) / 1.25 * WIDTH;
            double limit = WIDTH / 1.25;
            String style = judgement.isClose() ? "close" : margin < 0 ? "late" : "fine";
            out.open(
                    "svg",
                    "class",
                    "bar",
                    "viewBox",
                    "0 0 120 8",
                    "width",
                    "120",
                    "height",
                    "8",
                    "aria-hidden",
                    "true");
            out.open("rect", "class", "track", "width", number(limit), "height", "8")
                    .close("rect");
            out.open("rect", "class", style, "width", number(used), "height", "8")
                    .close("rect");
            out.open("path", "class", "limit", "d", "M" + number(limit) + " 0v8")
                    .close("path")
                    .close("svg");
        });
        out.text(" ").leaf("span", left(judgement), "class", "left");
    }

    private static String left(Judgement judgement) {
        return judgement
                .margin()
                .map(margin -> words(margin, judgement.isClose()))
                .orElse("");
    }

    private static String words(double margin, boolean close) {
        return Wording.left(margin) + (close ? ": close" : "");
    }
}

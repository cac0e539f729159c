package dev.firedrill.reports.html;

import dev.firedrill.harness.model.Verdict;
import java.util.Locale;

/** The small signs of the report. Each differs in form and word, never in colour alone. */
final class Marks {
    private Marks() {}

    static String sign(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "✓";
            case FAIL -> "✗";
            case INCONCLUSIVE -> "?";
        };
    }

    static String style(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    /** A verdict as a word with its sign. */
    static void verdict(Markup out, Verdict verdict, String words) {
        out.open("span", "class", "verdict " + style(verdict));
        out.leaf("span", sign(verdict), "class", "sign", "aria-hidden", "true");
        out.text(" " + words).close("span");
    }

    /** A word in a quiet frame. */
    static void chip(Markup out, String word) {
        out.leaf("span", word, "class", "chip");
    }
}

package dev.firedrill.reports.console;

import dev.firedrill.reports.wording.Wording;
import java.time.Duration;
import java.util.Locale;

/**
 * The columns at the left of what is told: the time in the incident's record, if one is replayed, and the real time. A
 * step's own line begins there; what happens in it stands a little to the right.
 */
final class Margin {
    private static final int INCIDENT = 14;
    private static final int REAL = 9;
    private static final String INSET = "  ";

    private final Lines lines;
    private boolean replay;

    Margin(Lines lines) {
        this.lines = lines;
    }

    /** Begins a drill: whether its steps have times in a record. */
    void begin(boolean isReplay) {
        replay = isReplay;
        String heading = (replay ? right("incident", INCIDENT) + " " : "") + right("real", REAL);
        lines.laidOut(Ink.DIM.paint(heading, lines.style()));
    }

    /** A step's own line. */
    void step(String recorded, Duration at, String title, String aside) {
        String head = head(recorded, at);
        String text = lines.plain(title);
        if (head.length() + text.length() + aside.length() + 1 > lines.style().width()) {
            lines.hanging(painted(head), head.length(), title + aside, Ink.BOLD);
        } else {
            lines.laidOut(painted(head)
                    + Ink.BOLD.paint(text, lines.style())
                    + Ink.DIM.paint(lines.plain(aside), lines.style()));
        }
    }

    /** Something that happens in a step. */
    void happening(Duration at, Symbol symbol, String text, Ink ink) {
        String head = head("", at) + INSET;
        String sign = symbol.ink().paint(symbol.text(lines.style()), lines.style());
        lines.hanging(painted(head) + sign + " ", head.length() + 2, text, ink);
    }

    private String head(String recorded, Duration at) {
        return (replay ? right(recorded, INCIDENT) + " " : "") + right(Wording.moment(at), REAL) + " ";
    }

    private String painted(String head) {
        int split = replay ? INCIDENT + 1 : 0;
        return head.substring(0, split) + Ink.DIM.paint(head.substring(split), lines.style());
    }

    private static String right(String text, int width) {
        return String.format(Locale.ROOT, "%" + width + "s", text);
    }
}

package dev.firedrill.reports.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints lines that hang below their head where they wrap. What comes from outside loses its control characters. */
final class Lines {
    private final PrintStream out;
    private final ConsoleStyle style;

    Lines(PrintStream out, ConsoleStyle style) {
        this.out = out;
        this.style = style;
    }

    ConsoleStyle style() {
        return style;
    }

    void blank() {
        out.println();
    }

    /** One line as it is, wrapped at the width, with an indent. */
    void line(int indent, String text, Ink ink) {
        hanging(" ".repeat(indent), indent, text, ink);
    }

    /**
     * A line with a head that may hold colours, and its text, which hangs below itself.
     *
     * @param headWidth the columns that the head takes
     */
    void hanging(String head, int headWidth, String text, Ink ink) {
        List<String> parts = wrap(plain(text), Math.max(20, style.width() - headWidth));
        for (int i = 0; i < parts.size(); i++) {
            out.println(stripped((i == 0 ? head : " ".repeat(headWidth)) + ink.paint(parts.get(i), style)));
        }
        out.flush();
    }

    /** A line that is already laid out. */
    void laidOut(String text) {
        out.println(stripped(text));
        out.flush();
    }

    /** A rule with a title in it. */
    void rule(String title) {
        String dash = style.unicode() ? "─" : "-";
        String head = dash.repeat(2) + " " + plain(title) + " ";
        int rest = Math.max(2, style.width() - head.length());
        out.println(Ink.BOLD.paint(head, style) + Ink.DIM.paint(dash.repeat(rest), style));
        out.flush();
    }

    /** Without control characters; in ASCII if the console has no more. */
    String plain(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (Character.isISOControl(point)) {
                result.append(' ');
            } else if (style.unicode() || point < 128) {
                result.appendCodePoint(point);
            } else {
                result.append(ascii(point));
            }
        });
        return result.toString();
    }

    private static String ascii(int point) {
        return switch (point) {
            case '–', '—', '−' -> "-";
            case '→' -> "->";
            case '×' -> "x";
            case '…' -> "...";
            case '“', '”' -> "\"";
            case '‘', '’' -> "'";
            default -> "?";
        };
    }

    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (line.length() > 0) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String stripped(String text) {
        return text.stripTrailing();
    }
}

package dev.firedrill.reports.console;

import java.util.List;

/** Lays out rows in columns that are as wide as their widest cell; the first cell is a heading and may wrap. */
final class Columns {
    private static final int GAP = 2;

    private final Lines lines;

    Columns(Lines lines) {
        this.lines = lines;
    }

    /** Prints rows of equal length, the first of which is the heading. */
    void print(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], lines.plain(row.get(i)).length());
            }
        }
        int others = 0;
        for (int i = 1; i < widths.length; i++) {
            others += widths[i] + GAP;
        }
        widths[0] = Math.min(widths[0], Math.max(16, lines.style().width() - others - 4));
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i), widths, i == 0 ? Ink.DIM : Ink.PLAIN);
        }
    }

    private void row(List<String> row, int[] widths, Ink ink) {
        List<String> heads = Lines.wrap(lines.plain(row.get(0)), widths[0]);
        StringBuilder first = new StringBuilder("    ").append(left(heads.get(0), widths[0]));
        for (int i = 1; i < row.size(); i++) {
            first.append(" ".repeat(GAP)).append(right(lines.plain(row.get(i)), widths[i]));
        }
        lines.laidOut(ink.paint(first.toString().stripTrailing(), lines.style()));
        heads.stream().skip(1).forEach(rest -> lines.laidOut("    " + ink.paint(rest, lines.style())));
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}

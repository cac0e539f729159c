package dev.firedrill.reports.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays out rows in columns that are as wide as their widest cell; headings and the first cells may wrap. */
final class Columns {
    private static final int GAP = 2;
    private static final int INDENT = 4;
    private static final int NARROWEST = 16;

    private final Lines lines;

    Columns(Lines lines) {
        this.lines = lines;
    }

    /** Prints rows of equal length, the first of which is the heading. */
    void print(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (int column = 0; column < widths.length; column++) {
            int width = longestWord(rows.get(0).get(column));
            for (List<String> row : rows.subList(1, rows.size())) {
                width = Math.max(width, lines.plain(row.get(column)).length());
            }
            widths[column] = width;
        }
        int others = Arrays.stream(widths).skip(1).map(width -> width + GAP).sum();
        widths[0] = Math.min(widths[0], Math.max(NARROWEST, lines.style().width() - others - INDENT));
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i), widths, i == 0);
        }
    }

    private int longestWord(String text) {
        return Arrays.stream(lines.plain(text).split(" ", -1))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /** Cells that wrap end on the same line in a heading, and begin on the same line below it. */
    private void row(List<String> row, int[] widths, boolean heading) {
        List<List<String>> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            cells.add(Lines.wrap(lines.plain(row.get(i)), widths[i]));
        }
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder(" ".repeat(INDENT));
            for (int i = 0; i < cells.size(); i++) {
                List<String> cell = cells.get(i);
                int part = heading ? line - (height - cell.size()) : line;
                String words = part < 0 || part >= cell.size() ? "" : cell.get(part);
                text.append(i == 0 ? left(words, widths[i]) : " ".repeat(GAP) + right(words, widths[i]));
            }
            lines.laidOut((heading ? Ink.DIM : Ink.PLAIN).paint(text.toString().stripTrailing(), lines.style()));
        }
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}

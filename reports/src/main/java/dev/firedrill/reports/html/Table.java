package dev.firedrill.reports.html;

import java.util.List;

/** A table with a caption and headings that a screen reader can follow; wide ones scroll by themselves. */
final class Table implements AutoCloseable {
    private final Markup out;

    /** Opens a table; a heading that begins with {@code #} is of a column of numbers. */
    Table(Markup out, String style, String caption, List<String> headings) {
        this.out = out;
        out.open("div", "class", "scroll").open("table", "class", style);
        out.leaf("caption", caption).open("thead").open("tr");
        for (String heading : headings) {
            boolean numbers = heading.startsWith("#");
            out.leaf("th", numbers ? heading.substring(1) : heading, "scope", "col", "class", numbers ? "number" : "");
        }
        out.close("tr").close("thead").newline().open("tbody");
    }

    /** Begins a row with its own heading. */
    Table row(String heading) {
        out.newline().open("tr").leaf("th", heading, "scope", "row");
        return this;
    }

    Table row() {
        out.newline().open("tr");
        return this;
    }

    Table cell(String text) {
        out.leaf("td", text);
        return this;
    }

    Table number(String text) {
        out.leaf("td", text, "class", "number");
        return this;
    }

    void end() {
        out.close("tr");
    }

    @Override
    public void close() {
        out.close("tbody").close("table").close("div").newline();
    }
}

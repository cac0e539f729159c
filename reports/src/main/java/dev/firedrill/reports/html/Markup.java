package dev.firedrill.reports.html;

import java.util.Locale;

/** Builds HTML and SVG. Whatever is not a tag's name is escaped, so that no journal can say anything but text. */
final class Markup {
    private static final int LONGEST_TEXT = 4000;

    private final StringBuilder out = new StringBuilder();

    /** Opens an element; attributes are alternating names and values, and one with an empty value is left out. */
    Markup open(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            if (!attributes[i + 1].isEmpty()) {
                out.append(' ').append(attributes[i]).append("=\"");
                escape(attributes[i + 1]);
                out.append('"');
            }
        }
        out.append('>');
        return this;
    }

    Markup close(String tag) {
        out.append("</").append(tag).append('>');
        return this;
    }

    /** Ends a line of the source, for people who read it. */
    Markup newline() {
        out.append('\n');
        return this;
    }

    Markup text(String text) {
        escape(text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " …");
        return this;
    }

    /** An element with nothing but text. */
    Markup leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    /** What was made by this class, or is ours, as it is. */
    Markup raw(CharSequence markup) {
        out.append(markup);
        return this;
    }

    /** A coordinate with one decimal. */
    static String number(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }

    private void escape(String text) {
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append((char) point);
                default -> {
                    if (!Character.isISOControl(point) && !reorders(point)) {
                        out.appendCodePoint(point);
                    }
                }
            }
        });
    }

    /** Whether a character changes the direction of what follows, by which a text can show what it does not say. */
    private static boolean reorders(int point) {
        return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

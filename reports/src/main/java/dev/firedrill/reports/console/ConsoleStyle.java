package dev.firedrill.reports.console;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * How a console is written to.
 *
 * @param colour whether to use ANSI colours
 * @param unicode whether the output's encoding has more than ASCII
 * @param width columns of a line, at least {@value #NARROWEST}
 */
public record ConsoleStyle(boolean colour, boolean unicode, int width) {
    private static final int NARROWEST = 60;
    private static final int USUAL = 110;
    private static final int WIDEST = 160;

    public ConsoleStyle {
        width = Math.max(NARROWEST, Math.min(WIDEST, width));
    }

    /** When to use colours, as a person chooses it by {@code --color}. */
    public enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    /** The style for this process's standard output. */
    public static ConsoleStyle ofStandardOutput(Colour colour) {
        String encoding = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
        Charset charset = encoding.isEmpty() ? Charset.defaultCharset() : Charset.forName(encoding);
        return of(colour, System.getenv(), isTerminal(), charset);
    }

    /**
     * Decides from what is known. Source: no-color.org ({@code NO_COLOR}, if set and not empty, forbids colours unless
     * asked for by name); {@code TERM=dumb} has none; {@code COLUMNS} is the terminal's width.
     */
    public static ConsoleStyle of(Colour colour, Map<String, String> environment, boolean terminal, Charset charset) {
        boolean mayColour = terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        return new ConsoleStyle(
                colour == Colour.ALWAYS || (colour == Colour.AUTO && mayColour),
                charset.newEncoder().canEncode(Symbol.allUnicode()),
                width(environment.getOrDefault("COLUMNS", "")));
    }

    /** The charset in which to print, so that what {@link #unicode} allows arrives whole. */
    public Charset charset() {
        return unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    }

    private static int width(String columns) {
        try {
            return Integer.parseInt(columns.trim());
        } catch (NumberFormatException unknown) {
            return USUAL;
        }
    }

    // System.console() does not tell: it is null if input alone is redirected, and from JDK 22 on never null. Where
    // there is no /proc, colours are asked for by name.
    private static boolean isTerminal() {
        try {
            Path output = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
            return output.startsWith("/dev/pts") || output.toString().startsWith("/dev/tty");
        } catch (java.io.IOException | RuntimeException elsewhere) {
            return false;
        }
    }
}

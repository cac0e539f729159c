package dev.firedrill.reports.console;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The mark at the head of a line, one column wide; each differs in form, since colour may be absent. */
enum Symbol {
    STEP('▸', '>', Ink.BOLD),
    FAULT('!', '!', Ink.YELLOW),
    UNDONE('↺', '<', Ink.CYAN),
    DOWN('▼', 'v', Ink.RED),
    UP('▲', '^', Ink.GREEN),
    FIRING('◆', '*', Ink.MAGENTA),
    RESOLVED('◇', 'o', Ink.CYAN),
    PAGER('○', 'c', Ink.DIM),
    WORK('≡', '=', Ink.CYAN),
    NOTE('·', '.', Ink.DIM),
    PASS('✓', '+', Ink.GREEN),
    FAIL('✗', 'x', Ink.RED),
    INCONCLUSIVE('?', '?', Ink.YELLOW);

    private final char unicode;
    private final char ascii;
    private final Ink ink;

    Symbol(char unicode, char ascii, Ink ink) {
        this.unicode = unicode;
        this.ascii = ascii;
        this.ink = ink;
    }

    String text(ConsoleStyle style) {
        return String.valueOf(style.unicode() ? unicode : ascii);
    }

    Ink ink() {
        return ink;
    }

    static String allUnicode() {
        return Arrays.stream(values())
                .map(symbol -> String.valueOf(symbol.unicode))
                .collect(Collectors.joining("", "–─│…×→", ""));
    }
}

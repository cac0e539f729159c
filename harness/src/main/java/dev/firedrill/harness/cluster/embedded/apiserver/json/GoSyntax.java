package dev.firedrill.harness.cluster.embedded.apiserver.json;

import java.util.Optional;

/**
 * Says what is wrong with a text that is no JSON, in the words of Go's decoder, which are those of an API server.
 *
 * <p>Source: the messages of Go's {@code encoding/json}, {@code scanner.go}.
 */
final class GoSyntax {
    private static final String VALUE = "looking for beginning of value";
    private static final String HEXADECIMAL = "in \\u hexadecimal character escape";
    private static final String FRACTION = "after decimal point in numeric literal";
    private static final String EXPONENT = "in exponent of numeric literal";
    private static final int DEEPEST = 10_000;

    private final byte[] text;
    private int at;

    private GoSyntax(byte[] text) {
        this.text = text;
    }

    /** What is wrong; empty if nothing is. */
    static Optional<String> complaint(byte[] text) {
        GoSyntax syntax = new GoSyntax(text);
        try {
            syntax.value(0);
            syntax.space();
            return syntax.at < text.length
                    ? Optional.of(syntax.unexpected("after top-level value").what())
                    : Optional.empty();
        } catch (Complaint complaint) {
            return Optional.of(complaint.what());
        }
    }

    private void value(int depth) throws Complaint {
        if (depth > DEEPEST) {
            throw new Complaint("exceeded max depth");
        }
        space();
        byte first = next();
        switch (first) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> {
                at--;
                number();
            }
        }
    }

    private void object(int depth) throws Complaint {
        space();
        if (peek() == '}') {
            at++;
            return;
        }
        byte after;
        do {
            space();
            expect('"', "looking for beginning of object key string");
            string();
            space();
            expect(':', "after object key");
            value(depth + 1);
            space();
            after = next();
            check(after == ',' || after == '}', "after object key:value pair");
        } while (after == ',');
    }

    private void array(int depth) throws Complaint {
        space();
        if (peek() == ']') {
            at++;
            return;
        }
        byte after;
        do {
            value(depth + 1);
            space();
            after = next();
            check(after == ',' || after == ']', "after array element");
        } while (after == ',');
    }

    private void string() throws Complaint {
        byte here = next();
        while (here != '"') {
            check(here < 0 || here >= ' ', "in string literal");
            if (here == '\\') {
                escape();
            }
            here = next();
        }
    }

    private void escape() throws Complaint {
        byte escaped = next("in string escape code");
        check("bfnrt\\/\"u".indexOf(escaped) >= 0, "in string escape code");
        for (int i = 0; escaped == 'u' && i < 4; i++) {
            check(Character.digit(next(HEXADECIMAL), 16) >= 0, HEXADECIMAL);
        }
    }

    private void word(String word) throws Complaint {
        for (char letter : word.substring(1).toCharArray()) {
            String where = "in literal " + word + " (expecting '" + letter + "')";
            check(next(where) == letter, where);
        }
    }

    private void number() throws Complaint {
        boolean negative = peek() == '-';
        if (negative) {
            at++;
        }
        String where = negative ? "in numeric literal" : VALUE;
        byte first = next(where);
        check(isDigit(first), where);
        if (first != '0') {
            digits();
        }
        if (peek() == '.') {
            at++;
            check(isDigit(next(FRACTION)), FRACTION);
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            check(isDigit(next(EXPONENT)), EXPONENT);
            digits();
        }
    }

    private void digits() {
        while (isDigit(peek())) {
            at++;
        }
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private void space() {
        while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) {
            at++;
        }
    }

    /** The next byte; 0, which is nowhere right, at the end. */
    private byte peek() {
        return at < text.length ? text[at] : 0;
    }

    private byte next() throws Complaint {
        if (at == text.length) {
            throw new Complaint("unexpected end of JSON input");
        }
        at++;
        return text[at - 1];
    }

    /** The next byte where a space would be wrong, which is what the decoder takes the end for. */
    private byte next(String where) throws Complaint {
        if (at == text.length) {
            throw new Complaint("invalid character ' ' " + where);
        }
        return next();
    }

    private void expect(char wanted, String where) throws Complaint {
        check(next() == wanted, where);
    }

    private void check(boolean right, String where) throws Complaint {
        if (!right) {
            at--;
            throw unexpected(where);
        }
    }

    private Complaint unexpected(String where) {
        return new Complaint("invalid character " + quoted((char) (text[at] & 0xff)) + " " + where);
    }

    private static String quoted(char character) {
        String inside =
                switch (character) {
                    case '\'' -> "\\'";
                    case '\\' -> "\\\\";
                    case '\n' -> "\\n";
                    case '\r' -> "\\r";
                    case '\t' -> "\\t";
                    default ->
                        Character.isISOControl(character)
                                ? "\\x%02x".formatted((int) character)
                                : String.valueOf(character);
                };
        return "'" + inside + "'";
    }

    /** What is wrong, on its way out. */
    private static final class Complaint extends Exception {
        private static final long serialVersionUID = 1L;

        private final String what;

        Complaint(String what) {
            super(what, null, false, false);
            this.what = what;
        }

        String what() {
            return what;
        }
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.selector;

import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads label selectors.
 *
 * <p>Source: k8s.io/apimachinery, {@code pkg/labels}: {@code k}, {@code !k}, {@code k=v}, {@code k==v}, {@code k!=v},
 * {@code k in (..)}, {@code k notin (..)}, {@code k>n}, {@code k<n}.
 */
final class LabelSelectorParser {
    private final String text;
    private int at;

    LabelSelectorParser(String text) {
        this.text = text;
    }

    List<Requirement> parse() {
        List<Requirement> requirements = new ArrayList<>();
        while (true) {
            requirements.add(requirement());
            skipBlanks();
            if (at == text.length()) {
                return requirements;
            }
            expect(',');
            skipBlanks();
            if (at == text.length()) {
                throw StatusException.badRequest("found '', expected: identifier after ','");
            }
        }
    }

    private Requirement requirement() {
        skipBlanks();
        if (peek('!')) {
            at++;
            skipBlanks();
            return new Requirement(key(), Requirement.Operator.ABSENT, Set.of());
        }
        String key = key();
        skipBlanks();
        if (at == text.length() || peek(',')) {
            return new Requirement(key, Requirement.Operator.EXISTS, Set.of());
        }
        String operator = operator();
        return switch (operator) {
            case "=", "==" -> new Requirement(key, Requirement.Operator.IN, Set.of(value(key, 0)));
            case "!=" -> new Requirement(key, Requirement.Operator.NOT_IN, Set.of(value(key, 0)));
            case ">" -> new Requirement(key, Requirement.Operator.GREATER, Set.of(number(key)));
            case "<" -> new Requirement(key, Requirement.Operator.LESS, Set.of(number(key)));
            case "in" -> new Requirement(key, Requirement.Operator.IN, values(key));
            case "notin" -> new Requirement(key, Requirement.Operator.NOT_IN, values(key));
            default ->
                throw malformed("found '" + (operator.isEmpty() ? text.substring(at, at + 1) : operator)
                        + "', expected: in, notin, =, ==, !=, gt, lt");
        };
    }

    private String operator() {
        for (String symbol : List.of("==", "!=", "=", ">", "<")) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return symbol;
            }
        }
        return word();
    }

    private Set<String> values(String key) {
        skipBlanks();
        expect('(');
        Set<String> values = new HashSet<>();
        while (true) {
            values.add(value(key, values.size()));
            skipBlanks();
            if (peek(')')) {
                at++;
                return values;
            }
            expect(',');
        }
    }

    private String key() {
        String key = word();
        if (key.isEmpty()) {
            throw StatusException.badRequest(
                    "found '" + text.substring(at) + "', expected: !, identifier, or 'end of string'");
        }
        for (String problem : LabelSyntax.keyProblems(key)) {
            throw malformed("<nil>: Invalid value: \"" + key + "\": " + problem);
        }
        return key;
    }

    private String value(String key, int index) {
        skipBlanks();
        String value = word();
        LabelSyntax.valueProblem(value).ifPresent(problem -> {
            throw malformed("values[" + index + "][" + key + "]: Invalid value: \"" + value + "\": " + problem);
        });
        return value;
    }

    private String number(String key) {
        String value = value(key, 0);
        if (!value.matches("-?\\d{1,18}")) {
            throw malformed("values[0]: Invalid value: \"" + value
                    + "\": for 'Gt', 'Lt' operators, the value must be an integer");
        }
        return value;
    }

    private String word() {
        int start = at;
        while (at < text.length() && isPartOfWord(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '/';
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void expect(char c) {
        if (!peek(c)) {
            throw malformed("found '" + text.substring(at) + "', expected: '" + c + "'");
        }
        at++;
    }

    private StatusException malformed(String why) {
        return StatusException.badRequest("unable to parse requirement: " + why);
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The forms of labels' keys and values, with the sentences that say what is wrong.
 *
 * <p>Source: k8s.io/apimachinery, {@code pkg/util/validation}.
 */
public final class LabelSyntax {
    private static final int LONGEST = 63;
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern PREFIX = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final String AND_ENDS = ", and must start and end with an alphanumeric character ";

    private LabelSyntax() {}

    /** What is wrong with a key, with or without a prefix. */
    public static List<String> keyProblems(String key) {
        List<String> problems = new ArrayList<>();
        int slash = key.indexOf('/');
        if (slash >= 0 && !PREFIX.matcher(key.substring(0, slash)).matches()) {
            problems.add(
                    "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                            + " '-' or '.'" + AND_ENDS + "(e.g. 'example.com', regex used for validation is '"
                            + PREFIX.pattern() + "')");
        }
        String name = key.substring(slash + 1);
        if (name.isEmpty()) {
            problems.add("name part must be non-empty");
        }
        if (name.length() > LONGEST) {
            problems.add("name part must be no more than " + LONGEST + " characters");
        } else if (!NAME.matcher(name).matches()) {
            problems.add("name part must consist of alphanumeric characters, '-', '_' or '.'" + AND_ENDS
                    + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '" + NAME.pattern()
                    + "')");
        }
        return problems;
    }

    /** What is wrong with a value, if anything. */
    public static Optional<String> valueProblem(String value) {
        if (value.length() > LONGEST) {
            return Optional.of("must be no more than " + LONGEST + " characters");
        }
        if (value.isEmpty() || NAME.matcher(value).matches()) {
            return Optional.empty();
        }
        return Optional.of("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
                + " '.'" + AND_ENDS + "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '("
                + NAME.pattern() + ")?')");
    }
}

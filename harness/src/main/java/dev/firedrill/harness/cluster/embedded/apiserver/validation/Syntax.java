package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.LabelSyntax;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The forms of names, labels and keys, with the sentences that say what is wrong.
 *
 * <p>Source: k8s.io/apimachinery, {@code pkg/util/validation}.
 */
final class Syntax {
    static final int LONGEST_NAME = 253;
    static final int LONGEST_LABEL = 63;

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
    private static final Pattern DNS_NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern DNS_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern WILDCARD = Pattern.compile("\\*\\." + LABEL + "(\\." + LABEL + ")*");
    private static final Pattern PORT_CHARACTERS = Pattern.compile("[-a-z0-9]+");
    private static final Pattern LETTER = Pattern.compile("[a-z]");
    private static final int LONGEST_PORT_NAME = 15;
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:]{2,39}(" + IPV4.pattern() + ")?");
    private static final Pattern DATA_KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final String AND_ENDS = ", and must start and end with an alphanumeric character ";

    private Syntax() {}

    static void dnsName(Findings findings, String field, String value) {
        if (value.length() > LONGEST_NAME) {
            findings.invalid(field, Json.string(value), "must be no more than " + LONGEST_NAME + " characters");
        } else if (!DNS_NAME.matcher(value).matches()) {
            findings.invalid(
                    field,
                    Json.string(value),
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'"
                            + AND_ENDS + "(e.g. 'example.com', regex used for validation is '" + DNS_NAME.pattern()
                            + "')");
        }
    }

    static void dnsLabel(Findings findings, String field, String value) {
        if (value.length() > LONGEST_LABEL) {
            findings.invalid(field, Json.string(value), "must be no more than " + LONGEST_LABEL + " characters");
        } else if (!DNS_LABEL.matcher(value).matches()) {
            findings.invalid(
                    field,
                    Json.string(value),
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'" + AND_ENDS
                            + "(e.g. 'my-name',  or '123-abc', regex used for validation is '" + LABEL + "')");
        }
    }

    static void dns1035(Findings findings, String field, String value) {
        if (value.length() > LONGEST_LABEL) {
            findings.invalid(field, Json.string(value), "must be no more than " + LONGEST_LABEL + " characters");
        } else if (!DNS_1035.matcher(value).matches()) {
            findings.invalid(
                    field,
                    Json.string(value),
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an "
                            + "alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or "
                            + "'abc-123', regex used for validation is '" + DNS_1035.pattern() + "')");
        }
    }

    /** A name whose first label is {@code *}. */
    static void wildcardName(Findings findings, String field, String value) {
        if (!WILDCARD.matcher(value).matches()) {
            findings.invalid(
                    field,
                    Json.string(value),
                    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must "
                            + "consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric "
                            + "character (e.g. '*.example.com', regex used for validation is '" + WILDCARD.pattern()
                            + "')");
        }
    }

    /** The name of a port, with everything that is wrong with it. */
    static void portName(Findings findings, String field, String value) {
        JsonNode shown = Json.string(value);
        if (value.length() > LONGEST_PORT_NAME) {
            findings.invalid(field, shown, "must be no more than " + LONGEST_PORT_NAME + " characters");
        }
        if (!PORT_CHARACTERS.matcher(value).matches()) {
            findings.invalid(field, shown, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (!LETTER.matcher(value).find()) {
            findings.invalid(field, shown, "must contain at least one letter (a-z)");
        }
        if (value.contains("--")) {
            findings.invalid(field, shown, "must not contain consecutive hyphens");
        }
        if (value.startsWith("-") || value.endsWith("-")) {
            findings.invalid(field, shown, "must not begin or end with a hyphen");
        }
    }

    /** How long a text is in UTF-8. */
    static long bytes(String text) {
        return text.codePoints()
                .mapToLong(point -> point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)
                .sum();
    }

    static boolean isAddress(String value) {
        return IPV4.matcher(value).matches() || IPV6.matcher(value).matches();
    }

    static void address(Findings findings, String field, String value) {
        if (!isAddress(value)) {
            findings.invalid(
                    field, Json.string(value), "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
    }

    static void pathSegment(Findings findings, String field, String value) {
        if (value.equals(".") || value.equals("..")) {
            findings.invalid(field, Json.string(value), "may not be '" + value + "'");
        }
        for (String illegal : new String[] {"/", "%"}) {
            if (value.contains(illegal)) {
                findings.invalid(field, Json.string(value), "may not contain '" + illegal + "'");
            }
        }
    }

    /** A label's or annotation's key, with or without a prefix. */
    static void qualifiedName(Findings findings, String field, String key) {
        qualifiedName(findings, field, key, key);
    }

    /** The same, in which capitals are as good as small letters. */
    static void annotationKey(Findings findings, String field, String key) {
        qualifiedName(findings, field, key, key.toLowerCase(Locale.ROOT));
    }

    private static void qualifiedName(Findings findings, String field, String key, String judged) {
        LabelSyntax.keyProblems(judged).forEach(problem -> findings.invalid(field, Json.string(key), problem));
    }

    static void labels(Findings findings, String field, JsonNode labels) {
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            qualifiedName(findings, field, label.getKey());
            labelValue(findings, field, label.getValue().asString(""));
        }
    }

    static void labelValue(Findings findings, String field, String value) {
        LabelSyntax.valueProblem(value).ifPresent(problem -> findings.invalid(field, Json.string(value), problem));
    }

    /** The keys of a ConfigMap or Secret. */
    static void dataKeys(Findings findings, String field, JsonNode data) {
        for (String key : data.propertyNames()) {
            String here = field + "[" + key + "]";
            if (key.length() > LONGEST_NAME) {
                findings.invalid(here, Json.string(key), "must be no more than " + LONGEST_NAME + " characters");
            } else if (!DATA_KEY.matcher(key).matches()) {
                findings.invalid(
                        here,
                        Json.string(key),
                        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',"
                                + "  or 'KEY_NAME',  or 'key-name', regex used for validation is '"
                                + DATA_KEY.pattern() + "')");
            }
        }
    }
}

package dev.firedrill.harness.cluster.embedded.kubelet;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code $(NAME)} references of commands, arguments and environment values: a known name is replaced, an unknown
 * one
 * stays as written, and {@code $$} is a plain dollar sign.
 *
 * <p>Source: Kubernetes API reference, {@code Container.command}.
 */
final class Expansion {
    private static final Pattern NAME = Pattern.compile("\\$\\(([^)]*)\\)");

    private Expansion() {}

    /**
     * As {@link #expand}, where each name must be known.
     *
     * @throws ConfigurationMissing if one is not
     */
    static String expandAll(String text, Map<String, String> variables) throws ConfigurationMissing {
        Matcher names = NAME.matcher(text.replace("$$", ""));
        while (names.find()) {
            if (!variables.containsKey(names.group(1))) {
                throw new ConfigurationMissing("missing value for " + names.group(1));
            }
        }
        return expand(text, variables);
    }

    static String expand(String text, Map<String, String> variables) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            int end = next == '(' ? text.indexOf(')', at) : -1;
            if (c == '$' && next == '$') {
                out.append('$');
                at += 2;
            } else if (c == '$' && end > 0) {
                String reference = text.substring(at, end + 1);
                String name = text.substring(at + 2, end);
                out.append(variables.getOrDefault(name, reference));
                at = end + 1;
            } else {
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }
}

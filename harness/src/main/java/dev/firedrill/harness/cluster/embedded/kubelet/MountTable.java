package dev.firedrill.harness.cluster.embedded.kubelet;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a container's mounted paths really are. A process has no mount namespace of its own, so each mention of a
 * mounted
 * path in its command, arguments and environment is rewritten: {@code --config=/etc/app/a.yaml} becomes
 * {@code --config=<volume>/a.yaml}. A path inside a URL ({@code http://host/etc/app}) or a longer name
 * ({@code /etc/application}) is left alone.
 */
final class MountTable {
    private final Map<String, Path> mounts =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    void mount(String mountPath, Path real) {
        String trimmed = mountPath.length() > 1 && mountPath.endsWith("/")
                ? mountPath.substring(0, mountPath.length() - 1)
                : mountPath;
        mounts.put(trimmed, real);
    }

    /** The text with each mounted path replaced by the real one; the longest mount wins. */
    String rewrite(String text) {
        if (mounts.isEmpty() || text.indexOf('/') < 0) {
            return text;
        }
        StringBuilder alternatives = new StringBuilder();
        for (String mountPath : mounts.keySet()) {
            alternatives.append(alternatives.length() == 0 ? "" : "|").append(Pattern.quote(mountPath));
        }
        // What stands before must not be part of a longer path or of a URL's authority; file:// is the exception.
        Pattern pattern = Pattern.compile("((?<=file://)|(?<![\\w.~/@%+-]))(" + alternatives + ")(?![\\w.~@%+-])");
        Matcher matcher = pattern.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            Path real = mounts.get(matcher.group(2));
            matcher.appendReplacement(out, Matcher.quoteReplacement(String.valueOf(real)));
        }
        return matcher.appendTail(out).toString();
    }
}

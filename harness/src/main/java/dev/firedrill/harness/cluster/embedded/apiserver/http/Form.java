package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which form a client wants to see objects.
 *
 * @param view what of them
 * @param version of {@code meta.k8s.io}, by which a table or metadata are told; empty for objects as they are
 */
record Form(View view, String version) {
    private static final Pattern VERSION = Pattern.compile(";\\s*v=(v1|v1beta1)\\s*(;|$)");

    /** What is seen of objects. */
    enum View {
        /** They as they are. */
        OBJECT,
        /** A table for people. */
        TABLE,
        /** Their metadata only. */
        METADATA
    }

    /**
     * The first form that the header allows and this server has.
     *
     * @throws StatusException (406) if there is none
     */
    static Form of(String accept) {
        for (String clause : accept.split(",", -1)) {
            String wanted = clause.strip().toLowerCase(Locale.ROOT);
            String type = wanted.split(";", 2)[0].strip();
            boolean json = type.equals("application/json") || type.equals("*/*") || type.equals("application/*");
            if (!json && !type.isEmpty()) {
                continue;
            }
            if (!wanted.contains(";as=")) {
                return new Form(View.OBJECT, "");
            }
            Matcher version = VERSION.matcher(wanted);
            if (wanted.contains("as=table") && version.find()) {
                return new Form(View.TABLE, version.group(1));
            }
            if (wanted.contains("as=partialobjectmetadata") && version.find()) {
                return new Form(View.METADATA, version.group(1));
            }
        }
        throw StatusException.notAcceptable("application/json");
    }
}

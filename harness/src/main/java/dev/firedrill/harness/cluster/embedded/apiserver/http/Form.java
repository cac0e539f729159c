package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.Locale;

/** In which form a client wants to see objects. */
enum Form {
    /** As they are. */
    OBJECT,
    /** As a table for people. */
    TABLE,
    /** Their metadata only. */
    METADATA;

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
                return OBJECT;
            }
            if (wanted.contains("as=table") && wanted.contains("v=v1;")) {
                return TABLE;
            }
            if (wanted.contains("as=partialobjectmetadata") && !wanted.contains("v1beta1")) {
                return METADATA;
            }
        }
        throw StatusException.notAcceptable("application/json");
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.protobuf.ProtobufReader;
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
    private static final String YAML = "application/yaml";
    private static final String ALL = "application/json, application/yaml, " + ProtobufReader.MEDIA_TYPE;
    private static final Pattern VERSION = Pattern.compile(";\\s*v=(v1|v1beta1)\\s*(;|$)");

    /** What is seen of objects. */
    enum View {
        /** They as they are. */
        OBJECT,
        /** A table for people. */
        TABLE,
        /** The metadata only, of one. */
        METADATA,
        /** The metadata only, of a list. */
        METADATA_LIST
    }

    /**
     * The first form that the header allows and this server has.
     *
     * @throws StatusException (406) if there is none
     */
    static Form of(String accept) {
        boolean known = false;
        for (String clause : accept.split(",", -1)) {
            String wanted = clause.strip().toLowerCase(Locale.ROOT);
            String type = wanted.split(";", 2)[0].strip();
            if (!isJson(type) && !type.equals(YAML) && !type.isEmpty()) {
                continue;
            }
            known = true;
            if (!wanted.contains(";as=")) {
                return new Form(View.OBJECT, "");
            }
            Matcher version = VERSION.matcher(wanted);
            if (wanted.contains("as=table") && version.find()) {
                return new Form(View.TABLE, version.group(1));
            }
            if (wanted.contains("as=partialobjectmetadata") && version.find()) {
                boolean list = wanted.contains("as=partialobjectmetadatalist");
                return new Form(list ? View.METADATA_LIST : View.METADATA, version.group(1));
            }
        }
        if (Encoding.of(accept) == Encoding.PROTOBUF) {
            if (accept.contains("as=")) {
                throw notAcceptable();
            }
            return new Form(View.OBJECT, "");
        }
        throw known ? notAcceptable() : StatusException.unknownMediaType(ALL);
    }

    /** That none of the forms is taken that this server has. */
    static StatusException notAcceptable() {
        return StatusException.notAcceptable(ALL);
    }

    /** How what is seen is written. */
    enum Encoding {
        JSON,
        YAML,
        /** For those only who take nothing else. */
        PROTOBUF;

        /** The first that the header allows, Protobuf last. */
        static Encoding of(String accept) {
            Encoding found = JSON;
            for (String clause : accept.split(",", -1)) {
                String type = clause.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
                if (type.equals(Form.YAML) || isJson(type)) {
                    return type.equals(Form.YAML) ? YAML : JSON;
                }
                found = type.equals(ProtobufReader.MEDIA_TYPE) ? PROTOBUF : found;
            }
            return found;
        }
    }

    private static boolean isJson(String type) {
        return type.equals("application/json") || type.equals("*/*");
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Caller;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request that changes something may ask for.
 *
 * <p>Source: k8s.io/apimachinery, {@code pkg/apis/meta/v1/validation}.
 *
 * @param method of the request, by which its options are called
 */
record WriteOptions(String method) {
    private static final int LONGEST_MANAGER = 128;
    private static final String MANAGER = "fieldManager";
    private static final String UNSUPPORTED = "FieldValueNotSupported";

    /**
     * @throws StatusException (422) if that is no name under which fields can be recorded
     */
    void checkManager(String manager) {
        if (manager.getBytes(StandardCharsets.UTF_8).length > LONGEST_MANAGER) {
            String why = "Too long: may not be more than " + LONGEST_MANAGER + " bytes";
            throw StatusException.invalidOption(kind(), MANAGER, "FieldValueTooLong", why);
        }
        for (int at = 0; at < manager.length(); at++) {
            int letter = manager.codePointAt(at);
            if (Character.isISOControl(letter) || (Character.isWhitespace(letter) && letter != ' ')) {
                String why = "Invalid value: \"%s\": invalid character U+%04X (at position %d)"
                        .formatted(
                                manager.replace(Character.toString(letter), "\\x%02x".formatted(letter)), letter, at);
                throw StatusException.invalidOption(kind(), MANAGER, "FieldValueInvalid", why);
            }
        }
    }

    /** That only what is applied can be forced. */
    StatusException forced() {
        String why = "Forbidden: may not be specified for non-apply patch";
        return StatusException.invalidOption(kind(), "force", "FieldValueForbidden", why);
    }

    /**
     * Whether nothing is to be stored.
     *
     * @param values how far the request is to be rehearsed: all of it, or not at all where there are none
     * @throws StatusException (422) for anything else
     */
    boolean dryRun(List<String> values) {
        if (values.stream().anyMatch(value -> !value.equals("All"))) {
            String text = "[\"" + String.join("\",\"", values) + "\"]";
            throw unsupported("dryRun", text, "\"All\"");
        }
        return !values.isEmpty();
    }

    /**
     * @throws StatusException (422) for an unknown one
     */
    Caller.FieldValidation validation(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return Caller.FieldValidation.WARN;
        }
        return switch (value) {
            case "Ignore" -> Caller.FieldValidation.IGNORE;
            case "Warn" -> Caller.FieldValidation.WARN;
            case "Strict" -> Caller.FieldValidation.STRICT;
            default ->
                throw unsupported("fieldValidation", "\"" + value + "\"", "\"\", \"Ignore\", \"Strict\", \"Warn\"");
        };
    }

    private StatusException unsupported(String option, String value, String supported) {
        return StatusException.invalidOption(
                kind(), option, UNSUPPORTED, "Unsupported value: " + value + ": supported values: " + supported);
    }

    private String kind() {
        return switch (method) {
            case "POST" -> "CreateOptions";
            case "PUT" -> "UpdateOptions";
            case "PATCH" -> "PatchOptions";
            default -> "DeleteOptions";
        };
    }
}

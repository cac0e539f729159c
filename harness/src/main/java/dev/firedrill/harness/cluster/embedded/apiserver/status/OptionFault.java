package dev.firedrill.harness.cluster.embedded.apiserver.status;

/**
 * What is wrong with an option of a request.
 *
 * @param field the option
 * @param reason as in {@code FieldValueNotSupported}
 * @param message as in {@code Forbidden: why}
 */
public record OptionFault(String field, String reason, String message) {}

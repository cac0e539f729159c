package dev.firedrill.harness.agent;

import java.util.Optional;

/**
 * What an answer must be for a probe to count it as healthy.
 *
 * @param status the HTTP status
 * @param contains a text that the body must contain; empty for any body
 * @param pointer a JSON pointer to something that must be there and not be empty ({@code null}, {@code ""}, {@code
 *     []} and {@code {}} are empty); empty for any body. Source: RFC 6901
 */
public record AnswerExpectation(int status, String contains, String pointer) {
    public AnswerExpectation {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("an HTTP status is a number from 100 to 599: " + status);
        }
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw new IllegalArgumentException("a JSON pointer begins with a slash: '" + pointer + "'");
        }
    }

    /** Any answer with this status. */
    public static AnswerExpectation status(int status) {
        return new AnswerExpectation(status, "", "");
    }

    public AnswerExpectation containing(String text) {
        return new AnswerExpectation(status, text, pointer);
    }

    public AnswerExpectation withData(String jsonPointer) {
        return new AnswerExpectation(status, contains, jsonPointer);
    }

    /** Whether the body matters, so that a page without its data counts as broken. */
    public boolean looksAtData() {
        return !contains.isEmpty() || !pointer.isEmpty();
    }

    /** What is wrong with an answer; empty if it is as expected. */
    Optional<String> complaint(int actualStatus, String body) {
        if (actualStatus != status) {
            return Optional.of("HTTP " + actualStatus + " instead of " + status);
        }
        if (!contains.isEmpty() && !body.contains(contains)) {
            return Optional.of("HTTP " + actualStatus + ", but its body does not contain '" + contains + "'");
        }
        return pointer.isEmpty() ? Optional.empty() : Wire.missing(body, pointer);
    }
}

package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.IntOrString;

/** Numbers that may be given as a part of another: {@code 3} or {@code 25%}. */
final class Percentages {
    private Percentages() {}

    /**
     * The number itself, or that part of the total.
     *
     * @param up whether a fraction counts as a whole
     * @throws IllegalArgumentException if a text is no percentage
     */
    static int of(IntOrString value, int total, boolean up) {
        Integer number = value.getIntVal();
        if (number != null) {
            return number;
        }
        String text = value.getStrVal();
        if (text == null || !text.matches("\\d{1,9}%")) {
            throw new IllegalArgumentException("neither a number nor a percentage: " + text);
        }
        long parts = Long.parseLong(text.substring(0, text.length() - 1)) * total;
        return (int) ((up ? parts + 99 : parts) / 100);
    }
}

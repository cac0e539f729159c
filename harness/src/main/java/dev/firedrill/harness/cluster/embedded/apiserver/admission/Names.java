package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import java.util.concurrent.ThreadLocalRandom;

/** Endings of generated names: five characters without vowels, so that they spell nothing. */
public final class Names {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int LENGTH = 5;
    private static final int LONGEST_BASE = 63 - LENGTH;

    private Names() {}

    /** A new name that starts with {@code base}. */
    public static String generate(String base) {
        return (base.length() > LONGEST_BASE ? base.substring(0, LONGEST_BASE) : base) + suffix();
    }

    static String suffix() {
        StringBuilder suffix = new StringBuilder(LENGTH);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < LENGTH; i++) {
            suffix.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return suffix.toString();
    }
}

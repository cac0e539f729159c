package dev.firedrill.harness.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which word was meant, for messages about bad input. */
public final class Spelling {
    private Spelling() {}

    /** The nearest of the words, if it is near enough that a slip explains the difference. */
    public static Optional<String> nearest(String word, Collection<String> words) {
        int limit = Math.max(1, word.length() / 3);
        return words.stream()
                .filter(candidate -> distance(word, candidate) <= limit)
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The end of a message about a word that is not allowed: {@code ; did you mean "..."?}, or nothing. */
    public static String guess(String word, Collection<String> words) {
        return nearest(word, words)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
    }

    /**
     * How many letters were added, left out, changed or swapped with their neighbour, regardless of case.
     *
     * <p>Source: optimal string alignment distance.
     */
    static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1);
                least = Math.min(least, table[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, table[i - 2][j - 2] + 1);
                }
                table[i][j] = least;
            }
        }
        return table[a.length()][b.length()];
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The five fields of a schedule, and what each of them may say.
 *
 * <p>Source: github.com/robfig/cron v3, {@code parser.go} (wording).
 */
final class ScheduleFields {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<ScheduleFields> ALL = List.of(
            new ScheduleFields(0, 59, List.of()),
            new ScheduleFields(0, 23, List.of()),
            new ScheduleFields(1, 31, List.of()),
            new ScheduleFields(1, 12, MONTHS),
            new ScheduleFields(0, 6, DAYS));

    private final int least;
    private final int most;
    private final List<String> names;

    private ScheduleFields(int least, int most, List<String> names) {
        this.least = least;
        this.most = most;
        this.names = names;
    }

    /** What is wrong with the first of five fields that cannot be; empty if all can. */
    static Optional<String> problem(List<String> fields) {
        for (int i = 0; i < ALL.size(); i++) {
            for (String range : fields.get(i).split(",", -1)) {
                try {
                    if (!range.isEmpty()) {
                        ALL.get(i).check(range);
                    }
                } catch (IllegalArgumentException wrong) {
                    return Optional.of(String.valueOf(wrong.getMessage()));
                }
            }
        }
        return Optional.empty();
    }

    private void check(String range) {
        String[] parts = range.split("/", -1);
        String[] ends = parts[0].split("-", -1);
        require(ends.length <= 2, "too many hyphens: " + range);
        require(parts.length <= 2, "too many slashes: " + range);
        boolean any = ends[0].equals("*") || ends[0].equals("?");
        int start = any ? least : value(ends[0]);
        int end = any || (ends.length == 1 && parts.length == 2) ? most : value(ends[ends.length - 1]);
        int step = parts.length == 1 ? 1 : number(parts[1]);
        require(start >= least, "beginning of range (%d) below minimum (%d): %s".formatted(start, least, range));
        require(end <= most, "end of range (%d) above maximum (%d): %s".formatted(end, most, range));
        require(start <= end, "beginning of range (%d) beyond end of range (%d): %s".formatted(start, end, range));
        require(step > 0, "step of range should be a positive number: " + range);
    }

    private int value(String text) {
        int name = names.indexOf(text.toLowerCase(Locale.ROOT));
        return name < 0 ? number(text) : name + least;
    }

    private static int number(String text) {
        require(
                text.matches("\\d{1,9}"),
                "failed to parse int from %s: strconv.Atoi: parsing \"%s\": invalid syntax".formatted(text, text));
        return Integer.parseInt(text);
    }

    private static void require(boolean right, String problem) {
        if (!right) {
            throw new IllegalArgumentException(problem);
        }
    }
}

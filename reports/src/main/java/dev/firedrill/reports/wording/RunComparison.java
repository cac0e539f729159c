package dev.firedrill.reports.wording;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.reports.record.DrillRecord;
import dev.firedrill.reports.record.DrillRecord.Figure;
import dev.firedrill.reports.record.DrillRecord.Judged;
import dev.firedrill.reports.record.RunRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The same drills in several runs, such as one for each kind of cluster: verdict by verdict, time by time. Every row
 * has one cell for what it is about and then one for each run, in the order in which they were given.
 *
 * @param heading who they are and how they ended; its first row numbers them
 * @param drills every drill that is in any of them
 */
public record RunComparison(List<List<String>> heading, List<Part> drills) {
    private static final String NONE = "–";

    public RunComparison {
        heading = List.copyOf(heading);
        drills = List.copyOf(drills);
    }

    /**
     * A drill in all the runs.
     *
     * @param title of the drill
     * @param same the number of expectations that have the same verdict in all runs
     * @param differing those that have not
     * @param times how long it took, its figures, and what was demanded within a time
     */
    public record Part(String title, int same, List<List<String>> differing, List<List<String>> times) {
        public Part {
            differing = List.copyOf(differing);
            times = List.copyOf(times);
        }
    }

    /**
     * Compares runs. Drills are the same if their names are, expectations if their sentences are.
     *
     * @param runs two or more
     */
    public static RunComparison of(List<RunRecord> runs) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> run.drills().forEach(drill -> names.add(drill.name())));
        return new RunComparison(
                headingOf(runs), names.stream().map(name -> part(name, runs)).toList());
    }

    /** Whether every expectation has the same verdict in all runs. */
    public boolean agrees() {
        return drills.stream().allMatch(drill -> drill.differing().isEmpty());
    }

    private static List<List<String>> headingOf(List<RunRecord> runs) {
        List<String> numbers = Stream.concat(
                        Stream.of(""), Stream.iterate(1, number -> number + 1).map(number -> "run " + number))
                .limit(runs.size() + 1L)
                .toList();
        return List.of(
                numbers,
                row("cluster", runs, run -> run.environment().clusterKind()),
                row("Kubernetes", runs, run -> versionAlone(run.environment().clusterVersion())),
                row("verdict", runs, run -> run.verdict().name()),
                row("passed", runs, run -> run.count(Verdict.PASS) + " of " + run.count(judgement -> true)),
                row("close", runs, run -> String.valueOf(run.count(Judgement::isClose))),
                row("took", runs, run -> Wording.duration(run.length())));
    }

    /** A kind may tell more after its version, such as where the namespace is. */
    private static String versionAlone(String version) {
        return version.split(",", 2)[0];
    }

    private static <T> List<String> row(String head, List<T> each, Function<T, String> cell) {
        return Stream.concat(Stream.of(head), each.stream().map(cell).map(text -> text.isEmpty() ? NONE : text))
                .toList();
    }

    private static Part part(String name, List<RunRecord> runs) {
        List<Optional<DrillRecord>> drills = runs.stream()
                .map(run -> run.drills().stream()
                        .filter(drill -> drill.name().equals(name))
                        .findFirst())
                .toList();
        String title = drills.stream()
                .flatMap(Optional::stream)
                .map(DrillRecord::heading)
                .findFirst()
                .orElse(name);
        Sides<Judged> judged = Sides.of(
                drills, DrillRecord::judgements, each -> each.judgement().expectation());
        List<List<String>> differing =
                judged.rows(RunComparison::verdictsDiffer, (words, each) -> row(words, each, RunComparison::verdict));
        List<List<String>> times = new ArrayList<>();
        times.add(row("took", drills, drill -> drill.map(
                        each -> Wording.duration(each.to().minus(each.from())))
                .orElse("")));
        times.addAll(Sides.of(drills, DrillRecord::figures, Figure::label)
                .rows(each -> true, (label, each) -> row(label, each, RunComparison::measured)));
        times.addAll(judged.rows(RunComparison::hasDeadline, (words, each) -> row(words, each, RunComparison::took)));
        return new Part(title, judged.size() - differing.size(), differing, times);
    }

    private static boolean verdictsDiffer(List<@Nullable Judged> each) {
        return each.stream().map(RunComparison::verdict).distinct().count() > 1;
    }

    private static boolean hasDeadline(List<@Nullable Judged> each) {
        return each.stream()
                .anyMatch(judged -> judged != null && judged.judgement().deadlineOrNull() != null);
    }

    private static String verdict(@Nullable Judged judged) {
        return judged == null ? "" : judged.judgement().verdict().name();
    }

    private static String measured(@Nullable Figure figure) {
        return figure == null ? "" : Wording.measured(figure);
    }

    private static String took(@Nullable Judged judged) {
        if (judged == null) {
            return "";
        }
        Duration took = judged.judgement().tookOrNull();
        return took == null ? judged.judgement().verdict().name() : Wording.duration(took);
    }

    /** A sentence, and how often the same drill has said it before: a drill may demand the same thing twice. */
    private record Key(String sentence, int before) {}

    /**
     * What several drills have of the same kind, by its sentence; null where one has it not.
     *
     * @param <T> what is compared
     */
    private record Sides<T>(Map<Key, List<@Nullable T>> byKey) {
        static <T> Sides<T> of(
                List<Optional<DrillRecord>> drills, Function<DrillRecord, List<T>> what, Function<T, String> sentence) {
            Map<Key, List<@Nullable T>> all = new LinkedHashMap<>();
            for (int run = 0; run < drills.size(); run++) {
                Map<String, Integer> said = new HashMap<>();
                for (T each : drills.get(run).map(what).orElse(List.of())) {
                    String words = sentence.apply(each);
                    Key key = new Key(words, said.merge(words, 1, Integer::sum));
                    all.computeIfAbsent(key, unknown -> empty(drills.size())).set(run, each);
                }
            }
            return new Sides<>(all);
        }

        private static <T> List<@Nullable T> empty(int size) {
            return new ArrayList<>(Collections.nCopies(size, null));
        }

        int size() {
            return byKey.size();
        }

        List<List<String>> rows(
                Predicate<List<@Nullable T>> wanted, BiFunction<String, List<@Nullable T>, List<String>> row) {
            return byKey.entrySet().stream()
                    .filter(each -> wanted.test(each.getValue()))
                    .map(each -> row.apply(each.getKey().sentence(), each.getValue()))
                    .toList();
        }
    }
}

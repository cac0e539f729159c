package dev.firedrill.reports.html;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The files that lie beside the report, such as logs and objects of the moment of a failure.
 *
 * @param paths relative to the report, with forward slashes, in order
 * @param more how many are left out
 */
record Attachments(List<String> paths, long more) {
    private static final int DEPTH = 6;
    private static final int KEPT = 300;
    private static final Set<String> OURS = Set.of("report.html", "run.json", "report.html.part", "run.json.part");

    static Attachments in(Path directory) {
        try (Stream<Path> files = Files.walk(directory, DEPTH)) {
            List<String> all = files.filter(Files::isRegularFile)
                    .map(directory::relativize)
                    .map(Attachments::slashed)
                    .filter(path -> !OURS.contains(path))
                    .sorted()
                    .toList();
            return new Attachments(all.stream().limit(KEPT).toList(), Math.max(0, all.size() - KEPT));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }

    private static String slashed(Path path) {
        return StreamSupport.stream(path.spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How the server is. Whoever gets an answer at all gets a good one: nothing stands behind this server that could fail
 * on its own.
 *
 * <p>Source: Kubernetes, "Kubernetes API health endpoints", and what a server of 1.34 answers.
 */
final class Health {
    private static final Set<String> SUMMARIES = Set.of("/healthz", "/livez", "/readyz");
    private static final List<String> CHECKS = List.of("ping", "log");

    private Health() {}

    static boolean isSummary(String path) {
        return SUMMARIES.contains(path);
    }

    /**
     * All checks together.
     *
     * @param verbose whether each has a line
     * @param exclude those that do not count
     */
    static Reply summary(String path, boolean verbose, List<String> exclude) {
        if (!verbose) {
            return Reply.text("ok");
        }
        Set<String> excluded = new TreeSet<>(exclude);
        StringBuilder text = new StringBuilder();
        for (String check : CHECKS) {
            text.append("[+]").append(check).append(excluded.remove(check) ? " excluded: ok\n" : " ok\n");
        }
        if (!excluded.isEmpty()) {
            text.append("warn: some health checks cannot be excluded: no matches for ")
                    .append(excluded.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",")))
                    .append('\n');
        }
        return Reply.text(text + path.substring(1) + " check passed\n");
    }

    /**
     * One check.
     *
     * @param path in two steps, such as {@code readyz} and {@code ping}
     * @throws StatusException 404 if there is no such check
     */
    static Reply check(List<String> path) {
        if (path.size() != 2 || !CHECKS.contains(path.get(1))) {
            throw StatusException.noSuchPath();
        }
        return Reply.text("ok");
    }
}

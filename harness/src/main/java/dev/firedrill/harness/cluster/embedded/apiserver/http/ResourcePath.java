package dev.firedrill.harness.cluster.embedded.apiserver.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The path of a request for objects.
 *
 * @param namespace empty: all, or the kind has none
 * @param name empty: the collection
 * @param subresource empty: the object itself
 * @param tail what follows the sub-resource, for proxies; starts with a slash where there is one
 * @param watched whether the path itself asks for a watch
 */
record ResourcePath(
        String group,
        String version,
        String namespace,
        String plural,
        String name,
        String subresource,
        String tail,
        boolean watched) {
    /** What precedes the resource in the old form of a watch, which every API server still answers. */
    private static final String WATCH = "watch";

    private static final Set<String> OF_A_NAMESPACE = Set.of("status", "finalize");

    /** The parts of a path; empty if it is none of objects. */
    static Optional<ResourcePath> parse(String path) {
        List<String> steps = new ArrayList<>(List.of(path.split("/", -1)));
        steps.remove(0);
        if (steps.size() > 1 && steps.get(steps.size() - 1).isEmpty()) {
            steps.remove(steps.size() - 1);
        }
        if (steps.size() >= 3 && steps.get(0).equals("api")) {
            return Optional.of(of("", steps.get(1), steps.subList(2, steps.size()), path));
        }
        if (steps.size() >= 4 && steps.get(0).equals("apis")) {
            return Optional.of(of(steps.get(1), steps.get(2), steps.subList(3, steps.size()), path));
        }
        return Optional.empty();
    }

    private static ResourcePath of(String group, String version, List<String> all, String path) {
        boolean watched = all.size() > 1 && all.get(0).equals(WATCH);
        List<String> steps = watched ? all.subList(1, all.size()) : all;
        boolean inNamespace = steps.get(0).equals("namespaces")
                && steps.size() >= 3
                && !(steps.size() == 3 && OF_A_NAMESPACE.contains(steps.get(2)));
        String namespace = inNamespace ? decode(steps.get(1)) : "";
        List<String> rest = inNamespace ? steps.subList(2, steps.size()) : steps;
        String name = rest.size() > 1 ? decode(rest.get(1)) : "";
        String subresource = rest.size() > 2 ? rest.get(2) : "";
        String tail = rest.size() > 3 ? "/" + String.join("/", rest.subList(3, rest.size())) : "";
        boolean slash = path.endsWith("/") && rest.size() >= 3;
        return new ResourcePath(
                group, version, namespace, rest.get(0), name, subresource, slash ? tail + "/" : tail, watched);
    }

    private static String decode(String step) {
        return step.indexOf('%') < 0 ? step : URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

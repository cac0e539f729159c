package dev.firedrill.harness.fault;

import dev.firedrill.harness.cluster.Permissions;
import io.fabric8.kubernetes.api.Pluralize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a Role must allow.
 *
 * @param group the API group; empty for the core group
 * @param resource in the plural, with a subresource perhaps: {@code pods/eviction}
 * @param verbs in alphabetical order
 */
public record Right(String group, String resource, List<String> verbs) {
    public Right {
        verbs = verbs.stream().sorted().toList();
    }

    /** What an injection of a plan and its undo need: for the changes, and to keep the undo. */
    public static List<Right> of(FaultPlan plan) {
        Map<List<String>, Set<String>> needed = new LinkedHashMap<>();
        for (Change change : plan.changes()) {
            String resource = Pluralize.toPlural(change.target().kind().toLowerCase(Locale.ROOT));
            String apiVersion = change.target().apiVersion();
            String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
            need(needed, group, resource, "get");
            change.fold(new Change.Cases<>(
                    field -> {
                        if (OutdatedPods.areLeftBy(field)) {
                            need(needed, "", "pods", "list", "delete");
                        }
                        return need(needed, group, resource, "patch");
                    },
                    object -> need(needed, group, resource, "create", "delete"),
                    pod -> pod.manner() == PodDeletion.Manner.EVICTED
                            ? need(needed, "", "pods/eviction", "create")
                            : need(needed, group, resource, "delete"),
                    creation -> {
                        need(needed, "", "pods", "list");
                        need(needed, "discovery.k8s.io", "endpointslices", "list");
                        return need(needed, group, resource, "create", "delete");
                    },
                    toxic -> needPods(needed)));
        }
        boolean secret =
                plan.changes().stream().anyMatch(change -> change.target().isSecret());
        need(needed, "", secret ? "secrets" : "configmaps", "create", "delete", "list");
        List<Right> rights = new ArrayList<>();
        needed.forEach((what, verbs) -> rights.add(new Right(what.get(0), what.get(1), List.copyOf(verbs))));
        return rights;
    }

    /** What of it is not allowed; empty if all is. */
    Optional<Right> without(Permissions permissions) {
        List<String> missing = verbs.stream()
                .filter(verb -> !permissions.allow(group, resource, verb))
                .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of(new Right(group, resource, missing));
    }

    private static boolean need(Map<List<String>, Set<String>> needed, String group, String resource, String... verbs) {
        return needed.computeIfAbsent(List.of(group, resource), what -> new LinkedHashSet<>())
                .addAll(List.of(verbs));
    }

    private static boolean needPods(Map<List<String>, Set<String>> needed) {
        need(needed, "", "pods", "list");
        return need(needed, "", "pods/proxy", "create", "delete");
    }

    /** As kubectl writes it: {@code deployments.apps: get, patch}. */
    @Override
    public String toString() {
        return resource + (group.isEmpty() ? "" : "." + group) + ": " + String.join(", ", verbs);
    }
}

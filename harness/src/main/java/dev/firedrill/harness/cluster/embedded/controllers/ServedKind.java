package dev.firedrill.harness.cluster.embedded.controllers;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A kind that the server serves in its preferred version.
 *
 * @param group empty for the core
 * @param verbs what can be done with it
 */
record ServedKind(String group, String version, String kind, String plural, boolean namespaced, Set<String> verbs) {
    ServedKind {
        verbs = Set.copyOf(verbs);
    }

    /** All kinds, as the server lists them now; without sub-resources. */
    static List<ServedKind> discover(KubernetesClient client) {
        List<ServedKind> all = new ArrayList<>(of(client, "", "v1"));
        for (APIGroup group : client.getApiGroups().getGroups()) {
            all.addAll(of(client, group.getName(), group.getPreferredVersion().getVersion()));
        }
        return List.copyOf(all);
    }

    private static List<ServedKind> of(KubernetesClient client, String group, String version) {
        String groupVersion = group.isEmpty() ? version : group + "/" + version;
        List<ServedKind> kinds = new ArrayList<>();
        for (APIResource resource : client.getApiResources(groupVersion).getResources()) {
            if (!resource.getName().contains("/")) {
                kinds.add(new ServedKind(
                        group,
                        version,
                        resource.getKind(),
                        resource.getName(),
                        Boolean.TRUE.equals(resource.getNamespaced()),
                        Set.copyOf(resource.getVerbs())));
            }
        }
        return kinds;
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Events of the one group are those of the other. */
    boolean isEvent() {
        return kind.equals("Event");
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}

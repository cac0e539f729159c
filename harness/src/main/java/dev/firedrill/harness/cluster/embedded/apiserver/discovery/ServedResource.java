package dev.firedrill.harness.cluster.embedded.apiserver.discovery;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.RefusedKinds;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of discovery: a resource or a sub-resource.
 *
 * @param plural with the sub-resource after a slash, where it is one
 * @param kind what is sent and answered there
 * @param kindGroup and {@code kindVersion}: of that kind, where they differ from the resource's
 */
record ServedResource(
        String group,
        String version,
        String plural,
        String singular,
        String kind,
        String kindGroup,
        String kindVersion,
        boolean namespaced,
        List<String> verbs,
        List<String> shortNames,
        List<String> categories) {
    private static final List<String> ALL_VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    /** Nobody deletes all namespaces at once. */
    private static final List<String> ONE_BY_ONE =
            ALL_VERBS.stream().filter(verb -> !verb.equals("deletecollection")).toList();

    private static final List<String> READ_WRITE = List.of("get", "patch", "update");
    private static final List<String> CREATE = List.of("create");
    private static final List<String> CREATE_OR_LIST = List.of("create", "list");
    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String AUTHORIZATION = "authorization.k8s.io";

    ServedResource {
        verbs = List.copyOf(verbs);
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }

    static List<ServedResource> all() {
        List<ServedResource> all = new ArrayList<>();
        all.add(created("", "bindings", "Binding", true));
        for (ResourceKind kind : KindTable.all()) {
            addKind(all, kind);
        }
        all.add(created(AUTHENTICATION, "selfsubjectreviews", "SelfSubjectReview", false));
        all.add(created(AUTHENTICATION, "tokenreviews", "TokenReview", false));
        all.add(created(AUTHORIZATION, "localsubjectaccessreviews", "LocalSubjectAccessReview", true));
        all.add(created(AUTHORIZATION, "selfsubjectaccessreviews", "SelfSubjectAccessReview", false));
        all.add(created(AUTHORIZATION, "selfsubjectrulesreviews", "SelfSubjectRulesReview", false));
        all.add(created(AUTHORIZATION, "subjectaccessreviews", "SubjectAccessReview", false));
        RefusedKinds.all().forEach(refused -> all.add(refused(refused)));
        return List.copyOf(all);
    }

    private static void addKind(List<ServedResource> all, ResourceKind kind) {
        all.add(new ServedResource(
                kind.group(),
                kind.version(),
                kind.plural(),
                kind.singular(),
                kind.kind(),
                "",
                "",
                kind.namespaced(),
                kind.storage().equals("namespaces") ? ONE_BY_ONE : ALL_VERBS,
                kind.shortNames(),
                kind.categories()));
        if (kind.scale()) {
            all.add(below(kind, "scale", "Scale", "autoscaling", "v1", READ_WRITE));
        }
        switch (kind.storage()) {
            case "pods" -> {
                all.add(below(kind, "binding", "Binding", "", "", CREATE));
                all.add(below(kind, "eviction", "Eviction", "policy", "v1", CREATE));
                all.add(below(kind, "log", "Pod", "", "", List.of("get")));
                all.add(below(kind, "proxy", "PodProxyOptions", "", "", ALL_VERBS.subList(0, 2)));
            }
            case "services" -> all.add(below(kind, "proxy", "ServiceProxyOptions", "", "", ALL_VERBS.subList(0, 2)));
            case "serviceaccounts" -> all.add(below(kind, "token", "TokenRequest", AUTHENTICATION, "v1", CREATE));
            case "certificatesigningrequests.certificates.k8s.io" ->
                all.add(below(kind, "approval", kind.kind(), "", "", READ_WRITE));
            case "namespaces" -> all.add(below(kind, "finalize", "Namespace", "", "", List.of("update")));
            default -> {}
        }
        if (kind.status()) {
            all.add(below(kind, "status", kind.kind(), "", "", READ_WRITE));
        }
    }

    private static ServedResource created(String group, String plural, String kind, boolean namespaced) {
        String singular = kind.toLowerCase(Locale.ROOT);
        return new ServedResource(
                group, "v1", plural, singular, kind, "", "", namespaced, CREATE, List.of(), List.of());
    }

    private static ServedResource refused(RefusedKinds.Refused refused) {
        String singular = refused.kind().toLowerCase(Locale.ROOT);
        return new ServedResource(
                refused.group(),
                "v1",
                refused.plural(),
                singular,
                refused.kind(),
                "",
                "",
                false,
                CREATE_OR_LIST,
                refused.shortNames(),
                List.of());
    }

    private static ServedResource below(
            ResourceKind owner, String name, String kind, String kindGroup, String kindVersion, List<String> verbs) {
        return new ServedResource(
                owner.group(),
                owner.version(),
                owner.plural() + "/" + name,
                "",
                kind,
                kindGroup,
                kindVersion,
                owner.namespaced(),
                verbs,
                List.of(),
                List.of());
    }

    /** Whether it is a sub-resource; it follows its owner. */
    boolean isBelow() {
        return plural.indexOf('/') >= 0;
    }

    /** As in an {@code APIGroupDiscoveryList}. */
    ObjectNode aggregate() {
        ObjectNode resource = Json.object();
        resource.put(isBelow() ? "subresource" : "resource", plural.substring(plural.indexOf('/') + 1));
        boolean foreign = !kindVersion.isEmpty();
        resource.putObject("responseKind")
                .put("group", foreign ? kindGroup : "")
                .put("version", foreign ? kindVersion : "")
                .put("kind", kind);
        if (!isBelow()) {
            resource.put("scope", namespaced ? "Namespaced" : "Cluster").put("singularResource", singular);
        }
        resource.set("verbs", Json.strings(verbs));
        if (!shortNames.isEmpty()) {
            resource.set("shortNames", Json.strings(shortNames));
        }
        if (!categories.isEmpty()) {
            resource.set("categories", Json.strings(categories));
        }
        return resource;
    }

    /** As in an {@code APIResourceList}. */
    ObjectNode describe() {
        ObjectNode resource = Json.object();
        resource.put("name", plural);
        resource.put("singularName", singular);
        resource.put("namespaced", namespaced);
        if (!kindVersion.isEmpty()) {
            resource.put("group", kindGroup);
            resource.put("version", kindVersion);
        }
        resource.put("kind", kind);
        resource.set("verbs", Json.strings(verbs));
        if (!shortNames.isEmpty()) {
            resource.set("shortNames", Json.strings(shortNames));
        }
        if (!categories.isEmpty()) {
            resource.set("categories", Json.strings(categories));
        }
        return resource;
    }
}

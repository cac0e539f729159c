package dev.firedrill.harness.cluster.embedded.apiserver.discovery;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents from which clients learn which groups, versions and resources there are. */
public final class Discovery {
    /** The version of Kubernetes whose behaviour is followed. */
    public static final String VERSION = "v1.34.0+firedrill";

    /**
     * The groups as Kubernetes ranks them, which decides where a name is of two.
     *
     * <p>Source: {@code /apis} of Kubernetes 1.34.
     */
    private static final List<String> ORDER = List.of(
            "",
            "apiregistration.k8s.io",
            "apps",
            "events.k8s.io",
            "authentication.k8s.io",
            "authorization.k8s.io",
            "autoscaling",
            "batch",
            "certificates.k8s.io",
            "networking.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "storage.k8s.io",
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "scheduling.k8s.io",
            "coordination.k8s.io",
            "node.k8s.io",
            "discovery.k8s.io",
            "resource.k8s.io",
            "flowcontrol.apiserver.k8s.io");

    private final List<ServedResource> resources = ServedResource.all();
    private final Supplier<String> authority;

    /**
     * @param authority where the server listens, such as {@code 127.7.0.1:40123}
     */
    public Discovery(Supplier<String> authority) {
        this.authority = authority;
    }

    /** {@code /version}. */
    public JsonNode version() {
        ObjectNode version = Json.object();
        version.put("major", "1");
        version.put("minor", "34");
        version.put("emulationMajor", "1");
        version.put("emulationMinor", "34");
        version.put("minCompatibilityMajor", "1");
        version.put("minCompatibilityMinor", "33");
        version.put("gitVersion", VERSION);
        version.put("gitCommit", "");
        version.put("gitTreeState", "clean");
        version.put("buildDate", "1970-01-01T00:00:00Z");
        version.put("goVersion", "java" + Runtime.version().feature());
        version.put("compiler", "javac");
        return version.put("platform", "linux/" + System.getProperty("os.arch", "amd64"));
    }

    /** {@code /api}. */
    public JsonNode coreVersions() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", authority.get());
        return versions;
    }

    /** {@code /apis}. */
    public JsonNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        groupNames().stream().filter(name -> !name.isEmpty()).forEach(name -> groups.add(describe(name)));
        return list;
    }

    /** {@code /}: where something can be read. */
    public JsonNode paths() {
        Set<String> paths = new TreeSet<>(List.of(
                "/api", "/apis", "/apis/", "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz", "/version"));
        for (ServedResource resource : resources) {
            String root = resource.group().isEmpty() ? "/api" : "/apis/" + resource.group();
            paths.add(root);
            paths.add(root + "/" + resource.version());
        }
        return Json.object().set("paths", Json.strings(List.copyOf(paths)));
    }

    /** {@code /apis/group}; empty if there is none. */
    public Optional<JsonNode> group(String name) {
        if (name.isEmpty() || !groupNames().contains(name)) {
            return Optional.empty();
        }
        ObjectNode group = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
        group.setAll(describe(name));
        return Optional.of(group);
    }

    /** {@code /api/v1} or {@code /apis/group/version}; empty if there is none. */
    public Optional<JsonNode> resources(String group, String version) {
        ObjectNode list = Json.object().put("kind", "APIResourceList");
        if (!group.isEmpty()) {
            list.put("apiVersion", "v1");
        }
        list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode array = list.putArray("resources");
        resources.stream()
                .filter(resource ->
                        resource.group().equals(group) && resource.version().equals(version))
                .forEach(resource -> array.add(resource.describe()));
        return array.isEmpty() ? Optional.empty() : Optional.of(list);
    }

    /** Everything about the core group, or about all others, at once. */
    public JsonNode aggregated(boolean core) {
        ObjectNode list =
                Json.object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
        list.putObject("metadata");
        ArrayNode groups = list.putArray("items");
        for (String name : groupNames()) {
            if (name.isEmpty() == core) {
                ObjectNode group = groups.addObject();
                ObjectNode metadata = group.putObject("metadata");
                if (!core) {
                    metadata.put("name", name);
                }
                ArrayNode versions = group.putArray("versions");
                versions(name).forEach(version -> versions.add(aggregated(name, version)));
            }
        }
        return list;
    }

    private ObjectNode aggregated(String group, String version) {
        ObjectNode described = Json.object().put("version", version).put("freshness", "Current");
        ArrayNode array = described.putArray("resources");
        ArrayNode below = Json.array();
        for (ServedResource resource : resources) {
            if (!resource.group().equals(group) || !resource.version().equals(version)) {
                continue;
            }
            if (resource.isBelow()) {
                below.add(resource.aggregate());
            } else {
                ObjectNode item = resource.aggregate();
                below = item.putArray("subresources");
                array.add(item);
            }
        }
        array.forEach(item -> {
            if (item.path("subresources").isEmpty() && item instanceof ObjectNode object) {
                object.remove("subresources");
            }
        });
        return described;
    }

    private Set<String> groupNames() {
        Set<String> served = new LinkedHashSet<>();
        resources.forEach(resource -> served.add(resource.group()));
        Set<String> names = new LinkedHashSet<>(ORDER);
        names.retainAll(served);
        names.addAll(served);
        return names;
    }

    private List<String> versions(String group) {
        Set<String> versions = new LinkedHashSet<>();
        resources.stream()
                .filter(resource -> resource.group().equals(group))
                .forEach(resource -> versions.add(resource.version()));
        return new ArrayList<>(versions);
    }

    private ObjectNode describe(String name) {
        ObjectNode group = Json.object().put("name", name);
        ArrayNode list = group.putArray("versions");
        for (String version : versions(name)) {
            list.addObject().put("groupVersion", name + "/" + version).put("version", version);
        }
        group.set("preferredVersion", list.get(0).deepCopy());
        return group;
    }
}

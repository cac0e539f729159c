package dev.firedrill.harness.cluster.embedded.apiserver.discovery;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.RefusedKinds;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ModelTypes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI documents, versions 2 and 3, generated from the model when first asked for. */
public final class OpenApi {
    /** Where version 2 has its types; there a reference may have marks beside it. */
    static final String DEFINITIONS = "#/definitions/";

    private static final String COMPONENTS = "#/components/schemas/";
    private static final List<String> PATCH_PARAMETERS = List.of("dryRun", "fieldManager", "fieldValidation", "force");

    private final Map<String, byte[]> documents = new ConcurrentHashMap<>();

    /** The index of version 3. */
    public byte[] index() {
        return documents.computeIfAbsent("index", any -> {
            ObjectNode index = Json.object();
            ObjectNode paths = index.putObject("paths");
            for (String path : groupVersions()) {
                paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + Discovery.VERSION);
            }
            return Json.write(index);
        });
    }

    /** The document of version 3 of a group and version, such as {@code apis/apps/v1}; empty if there is none. */
    public Optional<byte[]> groupVersion(String path) {
        if (!groupVersions().contains(path)) {
            return Optional.empty();
        }
        return Optional.of(documents.computeIfAbsent(path, any -> Json.write(version3(path))));
    }

    /** The one document of version 2. */
    public byte[] version2() {
        return documents.computeIfAbsent("v2", any -> Json.write(swagger()));
    }

    /** The one document of version 2, in Protobuf. */
    public byte[] version2Protobuf() {
        return documents.computeIfAbsent("v2 in Protobuf", any -> OpenApiProtobuf.of(swagger()));
    }

    private static ObjectNode swagger() {
        Schemas schemas = new Schemas(DEFINITIONS);
        ObjectNode document = Json.object().put("swagger", "2.0");
        info(document);
        ObjectNode paths = document.putObject("paths");
        for (ResourceKind kind : KindTable.all()) {
            describe(kind, schemas, paths);
        }
        for (JsonNode parameter : paths.findValues("parameters").stream()
                .flatMap(JsonNode::valueStream)
                .toList()) {
            ((ObjectNode) parameter).remove("schema");
            ((ObjectNode) parameter).put("type", "string");
        }
        document.putObject("definitions").setAll(schemas.definitions());
        return document;
    }

    private static ObjectNode version3(String path) {
        Schemas schemas = new Schemas(COMPONENTS);
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        info(document);
        ObjectNode paths = document.putObject("paths");
        for (ResourceKind kind : KindTable.all()) {
            if (root(kind).equals(path)) {
                describe(kind, schemas, paths);
            }
        }
        for (RefusedKinds.Refused kind : RefusedKinds.all()) {
            if (root(kind.group(), "v1").equals(path)) {
                describe("/" + path + "/" + kind.plural(), gvk(kind.group(), "v1", kind.kind()), paths);
            }
        }
        document.putObject("components").putObject("schemas").setAll(schemas.definitions());
        return document;
    }

    private static void info(ObjectNode document) {
        document.putObject("info").put("title", "Kubernetes").put("version", Discovery.VERSION);
    }

    private static ObjectNode gvk(String group, String version, String kind) {
        return Json.object().put("group", group).put("kind", kind).put("version", version);
    }

    private static void describe(ResourceKind kind, Schemas schemas, ObjectNode paths) {
        ObjectNode gvk = gvk(kind.group(), kind.version(), kind.kind());
        schemas.add(ModelTypes.of(kind))
                .putArray("x-kubernetes-group-version-kind")
                .add(gvk);
        String scope = kind.namespaced() ? "/namespaces/{namespace}/" : "/";
        describe("/" + root(kind) + scope + kind.plural(), gvk, paths);
    }

    private static void describe(String collection, ObjectNode gvk, ObjectNode paths) {
        ObjectNode many = paths.putObject(collection);
        operation(many, "get", "list", gvk);
        operation(many, "post", "post", gvk);
        ObjectNode one = paths.putObject(collection + "/{name}");
        operation(one, "get", "get", gvk);
        operation(one, "put", "put", gvk);
        operation(one, "patch", "patch", gvk);
        operation(one, "delete", "delete", gvk);
    }

    private static void operation(ObjectNode path, String method, String action, JsonNode gvk) {
        ObjectNode operation = path.putObject(method);
        operation.put("x-kubernetes-action", action);
        operation.set("x-kubernetes-group-version-kind", gvk.deepCopy());
        ArrayNode parameters = operation.putArray("parameters");
        boolean writes = !method.equals("get") && !method.equals("delete");
        for (String name : writes ? PATCH_PARAMETERS : List.<String>of()) {
            ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
            parameter.putObject("schema").put("type", "string");
        }
        operation.putObject("responses").putObject("200").put("description", "OK");
    }

    private static String root(ResourceKind kind) {
        return root(kind.group(), kind.version());
    }

    private static String root(String group, String version) {
        return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
    }

    private static Set<String> groupVersions() {
        Set<String> paths = new LinkedHashSet<>();
        KindTable.all().forEach(kind -> paths.add(root(kind)));
        RefusedKinds.all().forEach(kind -> paths.add(root(kind.group(), "v1")));
        return paths;
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * How options of requests are refused, what a list and a deletion show, and who is recorded for which field. Source:
 * the answers of Kubernetes 1.34 to the same requests.
 */
class RequestOptionsIT {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String MERGE = "application/merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MAP =
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"%s},\"data\":{\"a\":\"1\"}}";

    private static ApiServer server;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = ApiServer.start(ApiServerOptions.at("127.0.0.1", "kubelet", directory));
        http = new Http(server);
        http.post(MAPS, MAP.formatted("there", ""));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST  | ?dryRun=Some            | CreateOptions | dryRun               | FieldValueNotSupported",
                "PUT   | /there?dryRun=Some      | UpdateOptions | dryRun               | FieldValueNotSupported",
                "PATCH | /there?dryRun=Some      | PatchOptions  | dryRun               | FieldValueNotSupported",
                "DELETE| /there?dryRun=Some      | DeleteOptions | dryRun               | FieldValueNotSupported",
                "POST  | ?fieldValidation=Loose  | CreateOptions | fieldValidation      | FieldValueNotSupported",
                "DELETE| /there?propagationPolicy=Up | DeleteOptions | propagationPolicy | FieldValueNotSupported",
                "POST  | ?dryRun=                | CreateOptions | dryRun               | FieldValueNotSupported",
                "POST  | ?fieldManager=a%07b     | CreateOptions | fieldManager         | FieldValueInvalid",
                "PATCH | /there?force=true       | PatchOptions  | force                | FieldValueForbidden",
                "GET   | ?resourceVersionMatch=Exact | ListOptions | resourceVersionMatch | FieldValueForbidden",
                "GET   | ?resourceVersion=0&resourceVersionMatch=Exact | ListOptions | resourceVersionMatch"
                        + " | FieldValueForbidden",
                "GET   | ?resourceVersion=1&resourceVersionMatch=Near | ListOptions | resourceVersionMatch"
                        + " | FieldValueNotSupported",
                "GET   | ?sendInitialEvents=true | ListOptions   | sendInitialEvents    | FieldValueForbidden",
                "GET   | ?watch=true&sendInitialEvents=true | ListOptions | resourceVersionMatch | FieldValueForbidden",
                "GET   | ?watch=true&resourceVersionMatch=NotOlderThan | ListOptions | resourceVersionMatch"
                        + " | FieldValueForbidden"
            })
    void an_option_that_cannot_be_is_invalid_and_named(
            String method, String query, String options, String field, String reason) {
        String body = method.equals("GET") || method.equals("DELETE") ? "" : MAP.formatted("there", "");
        String type = method.equals("PATCH") ? MERGE : "application/json";

        Http.Answer answer = http.send(method, MAPS + query, type, body);

        assertThat(answer.code()).as(answer.body()).isEqualTo(422);
        assertThat(answer.reason()).isEqualTo("Invalid");
        JsonNode details = answer.json().path("details");
        assertThat(Json.textAt(details, "kind")).isEqualTo(options);
        assertThat(Json.textAt(details, "group")).isEqualTo("meta.k8s.io");
        JsonNode cause = details.path("causes").path(0);
        assertThat(Json.textAt(cause, "field")).isEqualTo(field);
        assertThat(Json.textAt(cause, "reason")).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        resourceVersionMatch=Exact | [resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch \
        unless sendInitialEvents is provided, resourceVersionMatch: Unsupported value: "Exact": \
        supported values: "NotOlderThan"]
        continue=x                 \
        | resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided
        """)
    void everything_that_is_wrong_with_the_options_of_a_watch_is_said(String option, String why) {
        Http.Answer answer = http.get(MAPS + "?watch=true&timeoutSeconds=1&" + option);

        assertThat(answer.code()).as(answer.body()).isEqualTo(422);
        assertThat(Json.textAt(answer.json(), "message")).isEqualTo("ListOptions.meta.k8s.io \"\" is invalid: " + why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''     | PartialObjectMetadata     \
        | you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)
        /there | PartialObjectMetadataList \
        | you requested PartialObjectMetadataList, but the requested object is not a list (*core.ConfigMap)
        """)
    void metadata_are_asked_for_as_of_one_or_as_of_a_list(String path, String view, String why) {
        Http.Answer answer = http.send(
                http.to(MAPS + path).setHeader("accept", "application/json;as=" + view + ";v=v1;g=meta.k8s.io"));

        assertThat(answer.code()).as(answer.body()).isEqualTo(406);
        assertThat(answer.reason()).isEqualTo("NotAcceptable");
        assertThat(Json.textAt(answer.json(), "message")).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource({"''", "/there", "/absent"})
    void an_answer_ends_with_its_line(String path) {
        assertThat(http.get(MAPS + path).body()).endsWith("}\n").doesNotEndWith("\n\n");
    }

    @Test
    void an_identity_is_not_applied_where_there_is_no_object() {
        Http.Answer answer = http.send(
                "PATCH",
                MAPS + "/absent?fieldManager=me",
                APPLY,
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: absent, uid: zz}}");

        assertThat(answer.code()).as(answer.body()).isEqualTo(409);
        assertThat(Json.textAt(answer.json(), "message"))
                .isEqualTo("Operation cannot be fulfilled on configmaps \"absent\": uid mismatch: the provided object"
                        + " specified uid zz, and no existing object was found");
    }

    @Test
    void groups_are_told_in_the_order_of_their_rank() {
        List<String> groups = http.get("/apis")
                .json()
                .path("groups")
                .valueStream()
                .map(group -> Json.textAt(group, "name"))
                .toList();

        assertThat(groups)
                .startsWith("apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io")
                .endsWith("discovery.k8s.io", "resource.k8s.io", "flowcontrol.apiserver.k8s.io")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"there\"}} | invalid object type: /, Kind=ConfigMap",
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"}"
                        + " | the name of the object (there based on URL) was undeterminable: name must be provided",
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"b\"}}"
                        + " | the name of the object (b) does not match the name on the URL (there)",
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"there\",\"managedFields\":[]}}"
                        + " | metadata.managedFields must be nil"
            })
    void what_is_applied_says_what_it_is(String body, String message) {
        Http.Answer answer = http.send("PATCH", MAPS + "/there?fieldManager=me", APPLY, body);

        assertThat(answer.code()).as(answer.body()).isEqualTo(400);
        assertThat(Json.textAt(answer.json(), "message")).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({"Strict", "Warn", "Ignore"})
    void what_is_applied_has_no_unknown_field_however_strict_somebody_is(String validation) {
        Http.Answer answer = http.send(
                "PATCH",
                MAPS + "/there?fieldManager=me&fieldValidation=" + validation,
                APPLY,
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: there}, dota: {a: b}}");

        assertThat(answer.code()).as(answer.body()).isEqualTo(500);
        assertThat(Json.textAt(answer.json(), "message"))
                .isEqualTo("failed to create typed patch object (/there; v1, Kind=ConfigMap): .dota: field not"
                        + " declared in schema");
    }

    @Test
    void a_manager_has_a_name_of_no_more_than_128_bytes() {
        String named = MAPS + "/there?fieldManager=";

        assertThat(http.send("PATCH", named + "m".repeat(128), MERGE, "{}").code())
                .isEqualTo(200);
        Http.Answer longer = http.send("PATCH", named + "m".repeat(129), MERGE, "{}");
        assertThat(longer.code()).as(longer.body()).isEqualTo(422);
        assertThat(Json.textAt(longer.json(), "message"))
                .isEqualTo("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Too long: may not be more than 128"
                        + " bytes");
    }

    @Test
    void a_deletion_with_a_body_asks_its_query_for_nothing() {
        http.post(MAPS, MAP.formatted("bodied", ""));

        http.send("DELETE", MAPS + "/bodied?dryRun=All", "application/json", "{\"propagationPolicy\":\"Background\"}");

        assertThat(http.get(MAPS + "/bodied").code()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"dryRun\":[\"Some\"]} | 422 | DeleteOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value:"
                        + " [\"Some\"]: supported values: \"All\"",
                "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"} | 500 | no kind \"Pod\" is registered for version \"v1\""
            })
    void a_deletion_with_a_body_that_cannot_be_deletes_nothing(String body, int code, String message) {
        Http.Answer refused = http.send("DELETE", MAPS + "/there", "application/json", body);

        assertThat(refused.code()).as(refused.body()).isEqualTo(code);
        assertThat(Json.textAt(refused.json(), "message")).isEqualTo(message);
        assertThat(http.get(MAPS + "/there").code()).isEqualTo(200);
    }

    @Test
    void a_page_is_of_its_own_version() {
        http.post(MAPS, MAP.formatted("second", ""));
        String token = Json.textAt(http.get(MAPS + "?limit=1").json(), "metadata", "continue");

        Http.Answer other = http.get(MAPS + "?limit=1&resourceVersion=1&continue=" + token);

        assertThat(other.code()).as(other.body()).isEqualTo(400);
        assertThat(Json.textAt(other.json(), "message"))
                .isEqualTo("specifying resource version is not allowed when using continue");
        assertThat(http.get(MAPS + "?limit=1&resourceVersion=0&continue=" + token)
                        .code())
                .isEqualTo(200);
    }

    @Test
    void apply_needs_a_manager() {
        Http.Answer answer = http.send("PATCH", MAPS + "/there", APPLY, MAP.formatted("there", ""));

        assertThat(answer.code()).isEqualTo(422);
        assertThat(Json.textAt(answer.json(), "message"))
                .isEqualTo(
                        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply"
                                + " patch");
    }

    @Test
    void a_patch_renames_nothing_and_keeps_types() {
        Http.Answer renamed = http.send("PATCH", MAPS + "/there", MERGE, "{\"metadata\":{\"name\":\"other\"}}");
        assertThat(renamed.code()).as(renamed.body()).isEqualTo(400);

        Http.Answer wrong = http.send("PATCH", MAPS + "/there", MERGE, "{\"data\":{\"a\":1}}");
        assertThat(wrong.code()).as(wrong.body()).isEqualTo(422);
        assertThat(Json.textAt(wrong.json().path("details").path("causes").path(0), "field"))
                .isEqualTo("patch");
        assertThat(Json.textAt(wrong.json(), "message"))
                .endsWith("json: cannot unmarshal number into Go struct field ConfigMap.data of type string");
    }

    @Test
    void a_list_says_the_kind_of_its_items_once() {
        JsonNode list = http.get(MAPS + "?fieldSelector=metadata.name=there").json();

        assertThat(Json.textAt(list, "kind")).isEqualTo("ConfigMapList");
        JsonNode item = list.path("items").path(0);
        assertThat(Json.textAt(item, "metadata", "name")).isEqualTo("there");
        assertThat(item.has("kind")).isFalse();
        assertThat(item.has("apiVersion")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/there, Table,                 v1,      Table",
        "/there, Table,                 v1beta1, Table",
        "'',     Table,                 v1beta1, Table",
        "/there, PartialObjectMetadata, v1,      PartialObjectMetadata",
        "/there, PartialObjectMetadata, v1beta1, PartialObjectMetadata",
        "'',     PartialObjectMetadataList, v1,  PartialObjectMetadataList",
    })
    void objects_come_as_tables_and_as_metadata_alone_in_both_versions(
            String path, String as, String version, String kind) {
        JsonNode answer = accepting(MAPS + path, as, version).json();

        assertThat(Json.textAt(answer, "kind")).isEqualTo(kind);
        assertThat(Json.textAt(answer, "apiVersion")).isEqualTo("meta.k8s.io/" + version);
    }

    private static Http.Answer accepting(String path, String as, String version) {
        return http.send(
                http.to(path).header("accept", "application/json;as=" + as + ";v=" + version + ";g=meta.k8s.io"));
    }

    @Test
    void a_form_that_is_not_had_is_406() {
        assertThat(accepting(MAPS, "Table", "v2").code()).isEqualTo(406);
        Http.Answer review = http.send(http.to("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
                .header("accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\","
                                + "\"spec\":{\"nonResourceAttributes\":{\"path\":\"/\",\"verb\":\"get\"}}}")));
        assertThat(review.code()).isEqualTo(406);
        assertThat(review.reason()).isEqualTo("NotAcceptable");
    }

    @ParameterizedTest
    @CsvSource({
        "watch=true,  true",
        "watch=True,  true",
        "watch=1,     true",
        "watch=yes,   true",
        "watch=,      true",
        "watch=false, false",
        "watch=False, false",
        "watch=0,     false",
        "watching=1,  false"
    })
    void an_option_is_set_unless_it_is_absent_or_says_no(String option, boolean watched) {
        String body = http.get(MAPS + "?timeoutSeconds=1&" + option).body();

        assertThat(body.contains("\"ADDED\"")).as(body).isEqualTo(watched);
        assertThat(body.contains("\"ConfigMapList\"")).as(body).isEqualTo(!watched);
    }

    @ParameterizedTest
    @CsvSource({"invalid, 400", "5, 400", "30s, 200", "0, 200", "1m30.5s, 200", "'', 200"})
    void a_request_may_take_as_long_as_a_duration_says(String timeout, int code) {
        for (String document : List.of("/version", "/readyz", "/apis/apps/v1", "/openapi/v2")) {
            assertThat(http.get(document + "?timeout=" + timeout).code())
                    .as(document)
                    .isEqualTo(code);
        }
        Http.Answer answer = http.get(MAPS + "?timeout=" + timeout);

        assertThat(answer.code()).as(answer.body()).isEqualTo(code);
        if (code == 400) {
            assertThat(Json.textAt(answer.json(), "message"))
                    .isEqualTo("invalid timeout specified in the request URL - time: invalid duration \"" + timeout
                            + "\"");
        }
    }

    @Test
    void a_patch_leads_to_no_other_namespace_and_no_other_version() {
        Http.Answer moved = http.send("PATCH", MAPS + "/there", MERGE, "{\"metadata\":{\"namespace\":\"other\"}}");
        Http.Answer stays = http.send("PATCH", MAPS + "/there", MERGE, "{\"metadata\":{\"namespace\":\"default\"}}");
        Http.Answer other = http.send("PATCH", MAPS + "/there", MERGE, "{\"apiVersion\":\"v2\"}");

        assertThat(moved.code()).as(moved.body()).isEqualTo(400);
        assertThat(Json.textAt(moved.json(), "message"))
                .isEqualTo("the namespace of the provided object does not match the namespace sent on the request");
        assertThat(stays.code()).as(stays.body()).isEqualTo(200);
        assertThat(other.code()).as(other.body()).isEqualTo(422);
        assertThat(Json.textAt(other.json(), "message"))
                .endsWith("no kind \"ConfigMap\" is registered for version \"v2\"");
    }

    @Test
    void a_new_object_has_no_version_yet() {
        Http.Answer based = http.post(MAPS, MAP.formatted("based", ",\"resourceVersion\":\"5\""));
        Http.Answer blind = http.post(MAPS, MAP.formatted("based", ",\"resourceVersion\":\"0\""));

        assertThat(based.code()).as(based.body()).isEqualTo(500);
        assertThat(Json.textAt(based.json(), "message"))
                .isEqualTo("resourceVersion should not be set on objects to be created");
        assertThat(blind.code()).as(blind.body()).isEqualTo(201);
    }

    @Test
    void a_limit_that_is_no_number_is_refused() {
        assertThat(http.get(MAPS + "?limit=x").code()).isEqualTo(400);
        assertThat(http.get(MAPS + "?limit=-1").code()).isEqualTo(200);
        assertThat(http.get(MAPS + "?timeoutSeconds=x").code()).isEqualTo(400);
    }

    @Test
    void a_page_of_what_is_selected_does_not_say_how_much_is_left() {
        http.post(MAPS, MAP.formatted("page-1", ",\"labels\":{\"page\":\"yes\"}"));
        http.post(MAPS, MAP.formatted("page-2", ",\"labels\":{\"page\":\"yes\"}"));

        JsonNode all = http.get(MAPS + "?limit=1").json().path("metadata");
        JsonNode selected =
                http.get(MAPS + "?limit=1&labelSelector=page=yes").json().path("metadata");
        JsonNode cached = http.get(MAPS + "?limit=1&resourceVersion=0").json();

        assertThat(all.path("remainingItemCount").asInt()).isPositive();
        assertThat(selected.has("remainingItemCount")).isFalse();
        assertThat(Json.textAt(selected, "continue")).isNotEmpty();
        assertThat(cached.path("items").size()).isGreaterThan(1);
        assertThat(cached.path("metadata").has("continue")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=-b                  | values[0][a]: Invalid value",
                "a=aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg | no more than 63 characters",
                "a.b/c/d=e            | name part must consist of",
                "a>b                  | for 'Gt', 'Lt' operators, the value must be an integer"
            })
    void a_selector_with_a_label_that_cannot_be_is_a_bad_request(String selector, String message) {
        Http.Answer answer =
                http.get(MAPS + "?labelSelector=" + selector.replace("=", "%3D").replace(">", "%3E"));

        assertThat(answer.code()).as(answer.body()).isEqualTo(400);
        assertThat(Json.textAt(answer.json(), "message")).contains(message);
    }

    @Test
    void a_revision_that_is_not_reached_says_when_to_come_back() {
        JsonNode details = http.get(MAPS + "?resourceVersion=99999999").json().path("details");

        assertThat(Json.textAt(details.path("causes").path(0), "reason")).isEqualTo("ResourceVersionTooLarge");
        assertThat(details.path("retryAfterSeconds").asInt()).isEqualTo(1);
    }

    @Test
    void a_deleted_collection_is_shown_as_it_was() {
        http.post(MAPS, MAP.formatted("doomed", ",\"labels\":{\"doomed\":\"yes\"}"));

        JsonNode list = http.send("DELETE", MAPS + "?labelSelector=doomed=yes", "application/json", "")
                .json();

        assertThat(Json.textAt(list, "metadata", "resourceVersion")).isNotEmpty();
        assertThat(list.path("items").path(0).path("metadata").has("deletionTimestamp"))
                .isFalse();
        assertThat(http.get(MAPS + "/doomed").code()).isEqualTo(404);
    }

    @Test
    void a_collection_is_deleted_in_parts_to_whoever_wants_parts() {
        for (String name : new String[] {"first", "second", "third"}) {
            http.post(MAPS, MAP.formatted(name, ",\"labels\":{\"parts\":\"yes\"}"));
        }
        String all = MAPS + "?labelSelector=parts=yes";

        JsonNode part =
                http.send("DELETE", all + "&limit=2", "application/json", "").json();

        assertThat(part.path("items")).hasSize(2);
        assertThat(http.get(all).json().path("items")).hasSize(1);
        String rest = Json.textAt(part, "metadata", "continue");
        assertThat(http.send("DELETE", all + "&continue=" + rest, "application/json", "")
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(http.get(all).json().path("items")).isEmpty();
    }

    @Test
    void containers_that_somebody_added_are_theirs_and_what_the_server_fills_in_is_nobodys() {
        http.post(
                "/api/v1/namespaces/default/services",
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s\",\"labels\":{\"a\":\"b\"}},"
                        + "\"spec\":{\"ports\":[{\"port\":80}]}}");

        JsonNode fields = http.get("/api/v1/namespaces/default/services/s")
                .json()
                .path("metadata")
                .path("managedFields")
                .path(0)
                .path("fieldsV1");

        assertThat(fields.path("f:metadata").path("f:labels").has(".")).isTrue();
        assertThat(fields.path("f:metadata").has(".")).isFalse();
        assertThat(fields.path("f:spec").path("f:ports").has(".")).isTrue();
        assertThat(fields.path("f:spec").has(".")).isFalse();
        assertThat(fields.path("f:spec").has("f:clusterIP")).isFalse();
        assertThat(fields.has("f:status")).isFalse();
    }

    @Test
    void a_map_that_went_with_its_last_entry_is_nobodys() {
        http.post(MAPS, MAP.formatted("emptied", ",\"labels\":{\"a\":\"b\"}"));

        JsonNode metadata = http.send("PATCH", MAPS + "/emptied", MERGE, "{\"metadata\":{\"labels\":null}}")
                .json()
                .path("metadata");

        assertThat(metadata.has("labels")).isFalse();
        assertThat(metadata.path("managedFields").path(0).path("fieldsV1").has("f:metadata"))
                .isFalse();
    }
}

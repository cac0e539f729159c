package dev.firedrill.harness.cluster.embedded.apiserver;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A token lets its holder in where it is meant for, and while what it is bound to is there. */
class TokensIT {
    private static final String CORE = "/api/v1/namespaces/default/";
    private static final String MAPS = CORE + "configmaps";

    private ApiServer server;
    private Http http;

    @BeforeEach
    void start(@TempDir Path directory) {
        server = ApiServer.start(ApiServerOptions.at("127.0.0.1", "kubelet", directory));
        http = new Http(server);
        http.post(CORE + "serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
        http.post(CORE + "serviceaccounts", "{\"metadata\":{\"name\":\"other\"}}");
        http.post(CORE + "pods", Json.text(object("{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Http.Answer request(String account, String spec) {
        return http.post(CORE + "serviceaccounts/" + account + "/token", Json.text(object("{spec: {" + spec + "}}")));
    }

    private String token(String spec) {
        Http.Answer answer = request("default", spec);
        assertThat(answer.code()).as(answer.body()).isEqualTo(201);
        return Json.textAt(answer.json(), "status", "token");
    }

    private int codeWith(String token) {
        return http.send(HttpRequest.newBuilder(http.to(MAPS).GET().build(), (name, value) -> false)
                        .header("authorization", "Bearer " + token))
                .code();
    }

    private JsonNode review(String token, String audiences) {
        Http.Answer answer = http.post(
                "/apis/authentication.k8s.io/v1/tokenreviews",
                Json.text(object("{kind: TokenReview, spec: {token: " + token + ", audiences: " + audiences + "}}")));
        assertThat(answer.code()).as(answer.body()).isEqualTo(201);
        return answer.json().path("status");
    }

    /** Whether a token is accepted: {@code true}, or why not. */
    private String authenticated(String token, String audiences) {
        JsonNode status = review(token, audiences);
        boolean accepted = status.path("authenticated").asBoolean(false);
        assertThat(status.has("error")).as(Json.text(status)).isNotEqualTo(accepted);
        return accepted ? "true" : Json.textAt(status, "error");
    }

    @Test
    void a_token_is_for_its_audience() {
        String foreign = token("audiences: [vault]");
        String own = token("expirationSeconds: 600");

        assertThat(codeWith(own)).isEqualTo(200);
        assertThat(codeWith(foreign)).isEqualTo(401);
        assertThat(authenticated(own, "[]")).isEqualTo("true");
        assertThat(authenticated(own, "[vault]"))
                .isEqualTo("[invalid bearer token, token audiences"
                        + " [\"https://kubernetes.default.svc.cluster.local\"] is invalid for the target audiences"
                        + " [\"vault\"]]");
        assertThat(authenticated(foreign, "[]")).contains("token audiences [\"vault\"] is invalid");
        assertThat(authenticated(foreign, "[vault, more]")).isEqualTo("true");
    }

    @Test
    void a_token_ends_with_the_pod_that_it_is_bound_to() {
        String bound = token("boundObjectRef: {kind: Pod, apiVersion: v1, name: p}");
        String free = token("expirationSeconds: 600");
        assertThat(codeWith(bound)).isEqualTo(200);

        http.send("DELETE", CORE + "pods/p", "application/json", "{\"gracePeriodSeconds\":0}");

        assertThat(codeWith(bound)).isEqualTo(401);
        assertThat(authenticated(bound, "[]"))
                .isEqualTo("[invalid bearer token, service account token has been invalidated]");
        assertThat(codeWith(free)).isEqualTo(200);
    }

    @Test
    void another_pod_of_that_name_does_not_bring_it_back() {
        String bound = token("boundObjectRef: {kind: Pod, apiVersion: v1, name: p}");

        http.send("DELETE", CORE + "pods/p", "application/json", "{\"gracePeriodSeconds\":0}");
        http.post(CORE + "pods", Json.text(object("{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}")));

        assertThat(codeWith(bound)).isEqualTo(401);
    }

    @Test
    void a_review_tells_for_whom_a_token_is_and_what_it_is_bound_to() {
        String bound = token("audiences: [vault, more], boundObjectRef: {kind: Pod, apiVersion: v1, name: p}");

        JsonNode status = review(bound, "[other, more]");

        assertThat(Json.text(status.path("audiences"))).isEqualTo("[\"more\"]");
        JsonNode extra = status.path("user").path("extra");
        assertThat(Json.text(extra.path("authentication.kubernetes.io/pod-name")))
                .isEqualTo("[\"p\"]");
        assertThat(extra.path("authentication.kubernetes.io/credential-id")
                        .get(0)
                        .asString())
                .startsWith("JTI=");
        assertThat(authenticated("nonsense", "[]")).isEqualTo("invalid bearer token");
        assertThat(http.post("/apis/authentication.k8s.io/v1/tokenreviews", "{\"spec\":{}}")
                        .code())
                .isEqualTo(400);
    }

    @Test
    void a_token_ends_with_its_account() {
        String token = token("expirationSeconds: 600");

        http.send("DELETE", CORE + "serviceaccounts/default", "application/json", "{}");

        assertThat(codeWith(token)).isEqualTo(401);
        assertThat(authenticated(token, "[]"))
                .isEqualTo("[invalid bearer token, serviceaccounts \"default\" not found]");
        http.post(CORE + "serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
        assertThat(codeWith(token)).isEqualTo(401);
        assertThat(authenticated(token, "[]")).contains("service account UID (").contains(") does not match claim (");
    }

    @ParameterizedTest
    @CsvSource({"599, may not specify a duration less than 10 minutes", "4294967297, may not specify a duration larger"
    })
    void the_life_of_a_token_has_limits(long seconds, String why) {
        Http.Answer answer = request("default", "expirationSeconds: " + seconds);

        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.body()).contains(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        default | {kind: Pod, apiVersion: v1, name: absent}             | 404 | pods "absent" not found
        default | {kind: Pod, apiVersion: v1, name: p, uid: wrong}      | 409 | does not match the UID in record
        default | {kind: Secret, apiVersion: v1, name: absent}          | 404 | secrets "absent" not found
        default | {kind: Deployment, apiVersion: apps/v1, name: p}      | 400 | cannot bind token to object of type
        other   | {kind: Pod, apiVersion: v1, name: p}                  | 400 | pod running with different
        """)
    void a_token_is_bound_to_what_is_there(String account, String reference, int code, String message) {
        Http.Answer answer = request(account, "boundObjectRef: " + reference);

        assertThat(answer.code()).as(answer.body()).isEqualTo(code);
        assertThat(Json.textAt(answer.json(), "message")).contains(message);
    }
}

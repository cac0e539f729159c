package dev.firedrill.harness.cluster.embedded.apiserver;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions about users and their rights. Source: the answers of Kubernetes 1.34 to the same requests. */
class ReviewsIT {
    private static final String RIGHTS = "/apis/authorization.k8s.io/v1/";
    private static final String USERS = "/apis/authentication.k8s.io/v1/";

    private static ApiServer server;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = ApiServer.start(ApiServerOptions.at("127.0.0.1", "kubelet", directory));
        http = new Http(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Http.Answer asked(String path, String yaml) {
        return http.post(path, Json.text(object(yaml)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        selfsubjectaccessreviews | SelfSubjectAccessReview | {spec: {resourceAttributes: {verb: get}}}
        subjectaccessreviews     | SubjectAccessReview     | {spec: {user: x, resourceAttributes: {verb: get}}}
        selfsubjectrulesreviews  | SelfSubjectRulesReview  | {spec: {namespace: default}}
        namespaces/default/localsubjectaccessreviews | LocalSubjectAccessReview \
        | {spec: {user: x, resourceAttributes: {verb: get, namespace: default}}}
        """)
    void an_answer_says_its_kind_although_the_question_did_not(String path, String kind, String question) {
        Http.Answer answer = asked(RIGHTS + path, question);

        assertThat(answer.code()).as(answer.body()).isEqualTo(201);
        assertThat(Json.textAt(answer.json(), "kind")).isEqualTo(kind);
        assertThat(Json.textAt(answer.json(), "apiVersion")).isEqualTo("authorization.k8s.io/v1");
    }

    @Test
    void a_question_of_another_kind_is_refused() {
        Http.Answer answer = asked(USERS + "tokenreviews", "{apiVersion: v1, kind: Pod, spec: {token: x}}");

        assertThat(answer.code()).as(answer.body()).isEqualTo(400);
        assertThat(Json.textAt(answer.json(), "message"))
                .startsWith("Pod in version \"v1\" cannot be handled as a TokenReview: ");
    }

    @ParameterizedTest
    @CsvSource({"{}", "{spec: {}}"})
    void rules_are_asked_for_in_a_namespace(String question) {
        Http.Answer answer = asked(RIGHTS + "selfsubjectrulesreviews", question);

        assertThat(answer.code()).as(answer.body()).isEqualTo(400);
        assertThat(Json.textAt(answer.json(), "message")).isEqualTo("no namespace on request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        selfsubjectaccessreviews | {spec: {}} \
        | spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or \
        resourceAttributes must be specified
        selfsubjectaccessreviews \
        | {spec: {resourceAttributes: {verb: get}, nonResourceAttributes: {path: /, verb: get}}} \
        | spec.nonResourceAttributes: Invalid value: {"Path":"/","Verb":"get"}: cannot be specified in \
        combination with resourceAttributes
        subjectaccessreviews | {spec: {resourceAttributes: {verb: get}}} \
        | spec.user: Invalid value: "": at least one of user or group must be specified
        namespaces/default/localsubjectaccessreviews | {spec: {user: x, resourceAttributes: {namespace: other}}} \
        | spec.resourceAttributes.namespace: Invalid value: "other": must match metadata.namespace
        namespaces/default/localsubjectaccessreviews | {spec: {user: x, nonResourceAttributes: {path: /}}} \
        | spec.nonResourceAttributes: Invalid value: {"Path":"/","Verb":""}: disallowed on this kind of request
        """)
    void a_question_is_of_somebody_and_of_one_thing(String path, String question, String why) {
        Http.Answer answer = asked(RIGHTS + path, question);

        assertThat(answer.code()).as(answer.body()).isEqualTo(422);
        assertThat(Json.textAt(answer.json(), "message")).isEqualTo(".authorization.k8s.io \"\" is invalid: " + why);
    }

    @Test
    void a_field_that_a_question_does_not_have_is_warned_of_and_dropped() {
        Http.Answer answer = asked(
                RIGHTS + "selfsubjectaccessreviews", "{spec: {user: x, nonResourceAttributes: {path: /, verb: get}}}");

        assertThat(answer.code()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().path("spec").has("user")).isFalse();
        assertThat(answer.response().headers().firstValue("warning"))
                .hasValue("299 - \"unknown field \\\"spec.user\\\"\"");
    }

    @Test
    void a_local_question_is_asked_in_a_namespace() {
        assertThat(asked(RIGHTS + "localsubjectaccessreviews", "{spec: {user: x}}")
                        .code())
                .isEqualTo(404);
    }
}

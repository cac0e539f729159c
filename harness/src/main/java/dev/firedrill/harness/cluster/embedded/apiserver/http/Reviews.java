package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.admission.Moments;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.security.User;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers questions about users and their rights, which are created and not stored. Everybody may do everything. */
final class Reviews {
    private static final String AUTHORIZATION = "authorization.k8s.io";
    private static final String AUTHENTICATION = "authentication.k8s.io";

    private static final Map<String, String> KINDS = Map.of(
            "selfsubjectaccessreviews", "SelfSubjectAccessReview",
            "subjectaccessreviews", "SubjectAccessReview",
            "localsubjectaccessreviews", "LocalSubjectAccessReview",
            "selfsubjectrulesreviews", "SelfSubjectRulesReview",
            "selfsubjectreviews", "SelfSubjectReview",
            "tokenreviews", "TokenReview");

    private final Authentication authentication;

    Reviews(Authentication authentication) {
        this.authentication = authentication;
    }

    /** The answer; empty if the path is none of a review. */
    Optional<Reply> handle(ResourcePath path, ApiRequest request) {
        boolean ours = path.group().equals(AUTHORIZATION) || path.group().equals(AUTHENTICATION);
        if (!ours || !path.version().equals("v1")) {
            return Optional.empty();
        }
        if (!request.method().equals("POST")) {
            throw StatusException.methodNotAllowed();
        }
        if (Form.of(request.accept()).view() != Form.View.OBJECT) {
            throw StatusException.notAcceptable("application/json");
        }
        ObjectNode review = request.object(KINDS.getOrDefault(path.plural(), "object"));
        ObjectNode answer = Json.object();
        answer.put("kind", Json.textAt(review, "kind"));
        answer.put("apiVersion", path.group() + "/v1");
        answer.putObject("metadata");
        if (review.has("spec")) {
            answer.set("spec", review.get("spec"));
        }
        if (path.plural().equals("selfsubjectreviews")) {
            answer.withObjectProperty("metadata").put("creationTimestamp", Moments.text(Instant.now()));
        }
        answer.set("status", status(path.plural(), review, request.user()));
        return Optional.of(Reply.json(201, answer));
    }

    private ObjectNode status(String plural, ObjectNode review, User asking) {
        ObjectNode status = Json.object();
        switch (plural) {
            case "selfsubjectaccessreviews", "subjectaccessreviews", "localsubjectaccessreviews" -> {
                checkSubject(review.path("spec"));
                status.put("allowed", true).put("reason", "rights are not enforced by the embedded cluster");
            }
            case "selfsubjectrulesreviews" -> rules(status);
            case "selfsubjectreviews" -> status.set("userInfo", info(asking));
            case "tokenreviews" -> token(status, review);
            default -> throw StatusException.noSuchPath();
        }
        return status;
    }

    /** Access to a resource, or to a path. */
    private static void checkSubject(JsonNode spec) {
        if (spec.has("resourceAttributes") == spec.has("nonResourceAttributes")) {
            throw StatusException.invalid(
                    ResourceKind.transitory(AUTHORIZATION, ""),
                    "",
                    "spec.resourceAttributes",
                    "Invalid value: " + (spec.has("resourceAttributes") ? spec.get("resourceAttributes") : "null")
                            + ": exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
    }

    private void token(ObjectNode status, ObjectNode review) {
        String token = Json.textAt(review, "spec", "token");
        if (token.isEmpty()) {
            throw StatusException.badRequest("token is required for TokenReview in authentication");
        }
        List<String> audiences = new ArrayList<>();
        Json.arrayAt(review, "spec", "audiences").forEach(audience -> audiences.add(audience.asString()));
        Authentication.Finding finding = authentication.review(token, audiences);
        if (finding.user().isEmpty()) {
            status.putObject("user");
            status.put("error", finding.error());
            return;
        }
        status.put("authenticated", true);
        status.set("user", info(finding.user().get()));
        if (!finding.audiences().isEmpty()) {
            status.set("audiences", Json.strings(finding.audiences()));
        }
    }

    private static void rules(ObjectNode status) {
        ObjectNode rule = status.putArray("resourceRules").addObject();
        for (String field : List.of("verbs", "apiGroups", "resources")) {
            rule.putArray(field).add("*");
        }
        ObjectNode paths = status.putArray("nonResourceRules").addObject();
        paths.putArray("verbs").add("*");
        paths.putArray("nonResourceURLs").add("*");
        status.put("incomplete", false);
    }

    private static ObjectNode info(User user) {
        ObjectNode info = Json.object().put("username", user.name());
        if (!user.uid().isEmpty()) {
            info.put("uid", user.uid());
        }
        info.set("groups", Json.strings(user.groups()));
        if (!user.extra().isEmpty()) {
            ObjectNode extra = info.putObject("extra");
            user.extra().forEach((key, values) -> extra.set(key, Json.strings(values)));
        }
        return info;
    }
}

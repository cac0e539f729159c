package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.admission.Moments;
import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.security.User;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.validation.Validation;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Answers questions about users and their rights, which are created and not stored. Everybody may do everything. */
final class Reviews {
    private static final String AUTHORIZATION = "authorization.k8s.io";
    private static final String AUTHENTICATION = "authentication.k8s.io";

    private static final Map<String, ResourceKind> KINDS = Stream.of(
                    review(AUTHORIZATION, "SelfSubjectAccessReview"),
                    review(AUTHORIZATION, "SubjectAccessReview"),
                    review(AUTHORIZATION, "LocalSubjectAccessReview"),
                    review(AUTHORIZATION, "SelfSubjectRulesReview"),
                    review(AUTHENTICATION, "SelfSubjectReview"),
                    review(AUTHENTICATION, "TokenReview"))
            .collect(Collectors.toUnmodifiableMap(ResourceKind::plural, Function.identity()));

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
        ResourceKind kind = KINDS.get(path.plural());
        if (kind == null || kind.namespaced() == path.namespace().isEmpty()) {
            throw StatusException.noSuchPath();
        }
        if (!request.method().equals("POST")) {
            throw StatusException.methodNotAllowed();
        }
        if (Form.of(request.accept()).view() != Form.View.OBJECT) {
            throw StatusException.notAcceptable("application/json");
        }
        Caller caller = request.caller();
        ObjectNode review = request.hasBody()
                ? Decoding.decode(kind, path.namespace(), request.document(kind.kind()), caller)
                : Json.object();
        ObjectNode answer = Json.object().put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        ObjectNode metadata = answer.putObject("metadata");
        if (review.has("spec")) {
            answer.set("spec", review.get("spec"));
        }
        if (path.plural().equals("selfsubjectreviews")) {
            metadata.put("creationTimestamp", Moments.text(Instant.now()));
        }
        answer.set("status", status(kind, review, answer, path.namespace(), request.user()));
        return Optional.of(Reply.json(201, answer).warning(caller.warnings()));
    }

    private static ResourceKind review(String group, String name) {
        String model = "io.fabric8.kubernetes.api.model."
                + (group.equals(AUTHORIZATION) ? "authorization.v1." : "authentication.") + name;
        return ResourceKind.answered(group, name, name.startsWith("Local"), model);
    }

    private ObjectNode status(ResourceKind kind, ObjectNode review, ObjectNode answer, String namespace, User asking) {
        ObjectNode status = Json.object();
        switch (kind.plural()) {
            case "selfsubjectaccessreviews", "subjectaccessreviews", "localsubjectaccessreviews" -> {
                Validation.review(kind, review.path("spec"), namespace);
                status.put("allowed", true).put("reason", "rights are not enforced by the embedded cluster");
            }
            case "selfsubjectrulesreviews" -> {
                if (Json.textAt(review, "spec", "namespace").isEmpty()) {
                    throw StatusException.badRequest("no namespace on request");
                }
                answer.putObject("spec");
                rules(status);
            }
            case "selfsubjectreviews" -> status.set("userInfo", info(asking));
            default -> token(status, review);
        }
        return status;
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

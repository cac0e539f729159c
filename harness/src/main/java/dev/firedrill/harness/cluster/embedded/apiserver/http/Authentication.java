package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.security.Tokens;
import dev.firedrill.harness.cluster.embedded.apiserver.security.User;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whom a token lets in: one that is meant for who asks, and whose object, if it is bound to one, is still there.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/serviceaccount/claims.go} and
 * {@code pkg/registry/core/serviceaccount/storage/token.go}.
 */
final class Authentication {
    private final Tokens tokens;
    private final ObjectStore store;

    Authentication(Tokens tokens, ObjectStore store) {
        this.tokens = tokens;
        this.store = store;
    }

    /**
     * Whose token it is.
     *
     * @param audiences one of which it must be for; this server if there are none
     */
    Optional<User> user(String token, List<String> audiences) {
        List<String> asking = audiences.isEmpty() ? List.of(Tokens.ISSUER) : audiences;
        return tokens.read(token)
                .filter(bearer -> bearer.audiences().isEmpty()
                        || bearer.audiences().stream().anyMatch(asking::contains))
                .filter(bearer ->
                        bearer.bound().isEmpty() || isThere(bearer.bound().get()))
                .map(Tokens.Bearer::user);
    }

    private boolean isThere(Tokens.Binding bound) {
        return find(bound.field(), bound.namespace(), bound.name())
                .filter(object -> object.uid().equals(bound.uid()))
                .isPresent();
    }

    private Optional<StoredObject> find(String field, String namespace, String name) {
        return store.get(KindTable.of("", field + "s"), namespace, name);
    }

    /**
     * The object that a token shall be bound to; empty if it shall be to none.
     *
     * @param account whose token it will be
     * @param reference of the object, as a TokenRequest names it
     * @throws StatusException 404 if there is none, 409 if it is another one, 400 if it cannot be bound to
     */
    Optional<Tokens.Binding> binding(String namespace, String account, JsonNode reference) {
        if (!reference.isObject()) {
            return Optional.empty();
        }
        String kind = Json.textAt(reference, "kind");
        String version = Json.textAt(reference, "apiVersion");
        String name = Json.textAt(reference, "name");
        String field =
                switch (version.contains("/") ? "" : kind) {
                    case "Pod" -> "pod";
                    case "Secret" -> "secret";
                    case "Node" -> "node";
                    default ->
                        throw StatusException.badRequest(
                                "cannot bind token to object of type " + version + ", Kind=" + kind);
                };
        String space = field.equals("node") ? "" : namespace;
        StoredObject object = find(field, space, name)
                .orElseThrow(() -> StatusException.notFound(KindTable.of("", field + "s"), name));
        if (field.equals("pod")
                && !Json.textAt(object.tree(), "spec", "serviceAccountName").equals(account)) {
            throw StatusException.badRequest(
                    "cannot bind token for serviceaccount \"%s\" to pod running with different serviceaccount name."
                            .formatted(account));
        }
        String uid = Json.textAt(reference, "uid");
        if (!uid.isEmpty() && !uid.equals(object.uid())) {
            throw StatusException.conflict(KindTable.of("", field + "s"), name, another(uid));
        }
        return Optional.of(new Tokens.Binding(field, space, name, object.uid()));
    }

    private static String another(String uid) {
        return "the UID in the bound object reference (%s) does not match the UID in record. The object might have been"
                        .formatted(uid)
                + " deleted and then recreated";
    }
}

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
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Whom a token lets in: one that is meant for who asks, and whose account is still there, as is the object that it is
 * bound to, if any.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/serviceaccount/claims.go} and
 * {@code pkg/registry/core/serviceaccount/storage/token.go}.
 */
final class Authentication {
    private static final String INVALID = "invalid bearer token";

    private final Tokens tokens;
    private final ObjectStore store;

    Authentication(Tokens tokens, ObjectStore store) {
        this.tokens = tokens;
        this.store = store;
    }

    /**
     * What a token is worth.
     *
     * @param user whose it is; empty if it does not let anybody in
     * @param audiences those that asked and that it is for
     * @param error why it lets nobody in
     */
    record Finding(Optional<User> user, List<String> audiences, String error) {
        Finding {
            audiences = List.copyOf(audiences);
        }

        private static Finding refused(String why) {
            return new Finding(Optional.empty(), List.of(), why.isEmpty() ? INVALID : "[" + INVALID + ", " + why + "]");
        }
    }

    /** Whose token it is, if it is for this server. */
    Optional<User> user(String token) {
        return review(token, List.of()).user();
    }

    /**
     * Whose token it is, and for whom.
     *
     * @param audiences one of which it must be for; this server if there are none
     */
    Finding review(String token, List<String> audiences) {
        List<String> asking = audiences.isEmpty() ? List.of(Tokens.ISSUER) : audiences;
        Tokens.Bearer bearer = tokens.read(token).orElse(null);
        if (bearer == null) {
            return Finding.refused("");
        }
        boolean anybody = bearer.audiences().isEmpty();
        List<String> meant =
                asking.stream().filter(bearer.audiences()::contains).toList();
        if (!anybody && meant.isEmpty()) {
            return Finding.refused("token audiences " + quoted(bearer.audiences())
                    + " is invalid for the target audiences " + quoted(asking));
        }
        return bearer.account()
                .flatMap(this::lost)
                .or(() -> bearer.bound()
                        .filter(bound -> !isThere(bound))
                        .map(bound -> "service account token has been invalidated"))
                .map(Finding::refused)
                .orElseGet(() -> new Finding(Optional.of(bearer.user()), meant, ""));
    }

    private static String quoted(List<String> audiences) {
        return audiences.stream().collect(Collectors.joining("\" \"", "[\"", "\"]"));
    }

    /** Why an account no longer lets anybody in; empty if it is there. */
    private Optional<String> lost(Tokens.Binding account) {
        String uid = find(account.field(), account.namespace(), account.name())
                .map(StoredObject::uid)
                .orElse("");
        if (uid.isEmpty()) {
            return Optional.of("serviceaccounts \"" + account.name() + "\" not found");
        }
        return uid.equals(account.uid())
                ? Optional.empty()
                : Optional.of("service account UID (%s) does not match claim (%s)".formatted(uid, account.uid()));
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

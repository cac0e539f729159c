package dev.firedrill.harness.cluster.embedded.apiserver.security;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bearer tokens that this server believes: the administrator's, and those that it issued to service accounts, which
 * are signed (JWT, HS256) with a key that only this server knows.
 */
public final class Tokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String EXTRA = "authentication.kubernetes.io/";
    /** Whose tokens these are, and for whom they are if nobody says otherwise. */
    public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER =
            BASE64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final Clock clock;
    private final String admin;
    private final SecretKeySpec key;

    public Tokens(Clock clock) {
        this.clock = clock;
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.admin = BASE64.encodeToString(secret);
        byte[] signing = new byte[32];
        random.nextBytes(signing);
        this.key = new SecretKeySpec(signing, ALGORITHM);
    }

    /** The administrator's token. */
    public String admin() {
        return admin;
    }

    /**
     * A token.
     *
     * @param audiences for whom it is
     * @param expires after which it is no longer believed
     */
    public record Issued(String token, List<String> audiences, Instant expires) {
        public Issued {
            audiences = List.copyOf(audiences);
        }
    }

    /**
     * Issues a token to a service account.
     *
     * @param bound the pod that it ends with, if any
     */
    public Issued issue(
            String namespace,
            String serviceAccount,
            String uid,
            List<String> audiences,
            Duration life,
            Optional<Binding> bound) {
        Instant now = clock.instant();
        Instant expires = now.plus(life);
        ObjectNode claims = Json.object();
        List<String> meant = audiences.isEmpty() ? List.of(ISSUER) : audiences;
        claims.set("aud", Json.strings(meant));
        claims.put("iss", ISSUER);
        claims.set("iat", Json.number(now.getEpochSecond()));
        claims.set("nbf", Json.number(now.getEpochSecond()));
        claims.set("exp", Json.number(expires.getEpochSecond()));
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sub", "system:serviceaccount:" + namespace + ":" + serviceAccount);
        ObjectNode about = claims.putObject("kubernetes.io");
        about.put("namespace", namespace);
        about.putObject("serviceaccount").put("name", serviceAccount).put("uid", uid);
        bound.ifPresent(to -> about.putObject(to.field()).put("name", to.name()).put("uid", to.uid()));
        String body = HEADER + "." + BASE64.encodeToString(Json.write(claims));
        return new Issued(body + "." + BASE64.encodeToString(signature(body)), meant, expires);
    }

    /**
     * An object that a token ends with.
     *
     * @param field in the token, such as {@code pod}
     * @param namespace empty where the object has none
     */
    public record Binding(String field, String namespace, String name, String uid) {}

    /**
     * What a token says.
     *
     * @param audiences for whom it is; empty for anybody
     * @param account the service account whose it is; empty for the administrator
     */
    public record Bearer(User user, List<String> audiences, Optional<Binding> account, Optional<Binding> bound) {
        public Bearer {
            audiences = List.copyOf(audiences);
        }
    }

    /** Whose token it is; empty if it is nobody's or has expired. For whom it is, the caller judges. */
    public Optional<Bearer> read(String token) {
        if (same(token.getBytes(StandardCharsets.UTF_8), admin.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(new Bearer(User.ADMIN, List.of(), Optional.empty(), Optional.empty()));
        }
        int dot = token.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : serviceAccount(token.substring(0, dot), token.substring(dot + 1));
    }

    private Optional<Bearer> serviceAccount(String body, String signature) {
        try {
            if (!same(Base64.getUrlDecoder().decode(signature), signature(body))) {
                return Optional.empty();
            }
            String claims = body.substring(body.indexOf('.') + 1);
            ObjectNode tree = JsonReader.object(Base64.getUrlDecoder().decode(claims));
            if (Json.longAt(tree, 0, "exp") < clock.instant().getEpochSecond()) {
                return Optional.empty();
            }
            String namespace = Json.textAt(tree, "kubernetes.io", "namespace");
            List<String> groups =
                    List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated");
            JsonNode about = tree.path("kubernetes.io");
            Binding account = binding("serviceaccount", namespace, about);
            List<String> audiences = new ArrayList<>();
            Json.arrayAt(tree, "aud").forEach(audience -> audiences.add(audience.asString()));
            Optional<Binding> bound = bound(namespace, about);
            User user =
                    new User(Json.textAt(tree, "sub"), account.uid(), groups, extra(Json.textAt(tree, "jti"), bound));
            return Optional.of(new Bearer(user, audiences, Optional.of(account), bound));
        } catch (IllegalArgumentException | MalformedJsonException forged) {
            return Optional.empty();
        }
    }

    private static Optional<Binding> bound(String namespace, JsonNode about) {
        for (String field : List.of("pod", "secret", "node")) {
            if (about.has(field)) {
                return Optional.of(binding(field, field.equals("node") ? "" : namespace, about));
            }
        }
        return Optional.empty();
    }

    private static Binding binding(String field, String namespace, JsonNode about) {
        return new Binding(field, namespace, Json.textAt(about, field, "name"), Json.textAt(about, field, "uid"));
    }

    private static Map<String, List<String>> extra(String id, Optional<Binding> bound) {
        Map<String, List<String>> extra = new HashMap<>();
        extra.put(EXTRA + "credential-id", List.of("JTI=" + id));
        bound.filter(to -> !to.field().equals("secret")).ifPresent(to -> {
            extra.put(EXTRA + to.field() + "-name", List.of(to.name()));
            extra.put(EXTRA + to.field() + "-uid", List.of(to.uid()));
        });
        return extra;
    }

    private byte[] signature(String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, impossible);
        }
    }

    private static boolean same(byte[] left, byte[] right) {
        return MessageDigest.isEqual(left, right);
    }
}

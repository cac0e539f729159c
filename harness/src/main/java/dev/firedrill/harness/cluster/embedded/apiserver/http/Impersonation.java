package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.security.User;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whoever may do everything may also act as somebody else: {@code kubectl --as}.
 *
 * <p>Source: k8s.io/apiserver, {@code pkg/endpoints/filters/impersonation.go}.
 */
final class Impersonation {
    private static final String USER = "impersonate-user";
    private static final String GROUP = "impersonate-group";
    private static final String UID = "impersonate-uid";
    private static final String EXTRA = "impersonate-extra-";
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String ANONYMOUS = "system:anonymous";
    private static final String AUTHENTICATED = "system:authenticated";
    private static final String UNAUTHENTICATED = "system:unauthenticated";

    private Impersonation() {}

    /**
     * As whom a request acts.
     *
     * @param asking whose token it carries
     * @throws StatusException (500) if it names groups or anything else of nobody
     */
    static User of(User asking, MultiMap headers) {
        String name = headers.get(USER);
        Map<String, List<String>> extra = extra(headers);
        if (name == null || name.isEmpty()) {
            if (headers.contains(GROUP) || headers.contains(UID) || !extra.isEmpty()) {
                throw StatusException.internal("requested impersonation without impersonating a user");
            }
            return asking;
        }
        List<String> groups = new ArrayList<>(headers.getAll(GROUP));
        String[] account = name.split(":", -1);
        if (groups.isEmpty() && name.startsWith(ACCOUNT) && account.length == 4) {
            groups.addAll(List.of("system:serviceaccounts", "system:serviceaccounts:" + account[2]));
        }
        String everybody = name.equals(ANONYMOUS) ? UNAUTHENTICATED : AUTHENTICATED;
        if (!groups.contains(everybody) && !groups.contains(UNAUTHENTICATED)) {
            groups.add(everybody);
        }
        String uid = headers.get(UID);
        return new User(name, uid == null ? "" : uid, groups, extra);
    }

    private static Map<String, List<String>> extra(MultiMap headers) {
        Map<String, List<String>> extra = new TreeMap<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(EXTRA)) {
                String key =
                        URLDecoder.decode(name.substring(EXTRA.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
                extra.computeIfAbsent(key, any -> new ArrayList<>()).add(header.getValue());
            }
        }
        return extra;
    }
}

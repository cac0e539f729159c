package dev.firedrill.harness.cluster.embedded.apiserver.kinds;

import java.util.List;
import java.util.Optional;

/**
 * Kinds that Kubernetes has and this server refuses. Discovery lists them, with {@code create} as their only verb,
 * so that {@code kubectl} asks for them and shows the reason instead of "no matches for kind".
 */
public final class RefusedKinds {
    private static final List<Refused> ALL = List.of(
            new Refused(
                    "apiextensions.k8s.io",
                    "customresourcedefinitions",
                    "CustomResourceDefinition",
                    "custom resources"),
            new Refused(
                    "admissionregistration.k8s.io",
                    "mutatingwebhookconfigurations",
                    "MutatingWebhookConfiguration",
                    "admission webhooks"),
            new Refused(
                    "admissionregistration.k8s.io",
                    "validatingwebhookconfigurations",
                    "ValidatingWebhookConfiguration",
                    "admission webhooks"),
            new Refused("apiregistration.k8s.io", "apiservices", "APIService", "aggregated API servers"));

    private RefusedKinds() {}

    /**
     * A kind that is refused.
     *
     * @param what it would need, as the refusal says: "the embedded cluster has no ..."
     */
    public record Refused(String group, String plural, String kind, String what) {}

    public static List<Refused> all() {
        return ALL;
    }

    /** The refused kind at a path, or empty. */
    public static Optional<Refused> find(String group, String plural) {
        return ALL.stream()
                .filter(kind -> kind.group().equals(group) && kind.plural().equals(plural))
                .findFirst();
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.kinds;

import java.util.List;
import java.util.Optional;

/**
 * Kinds that Kubernetes has and this server refuses. Discovery lists them, so that {@code kubectl} asks for them and
 * shows the reason instead of "no matches for kind". There are none, which is what a list says; all else is refused.
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
            new Refused(
                    "admissionregistration.k8s.io",
                    "validatingadmissionpolicies",
                    "ValidatingAdmissionPolicy",
                    "admission policies"),
            new Refused(
                    "admissionregistration.k8s.io",
                    "validatingadmissionpolicybindings",
                    "ValidatingAdmissionPolicyBinding",
                    "admission policies"),
            new Refused("apiregistration.k8s.io", "apiservices", "APIService", "aggregated API servers"));

    private RefusedKinds() {}

    /**
     * A kind that is refused.
     *
     * @param what it would need, as the refusal says: "the embedded cluster has no ..."
     */
    public record Refused(String group, String plural, String kind, String what) {
        /** As kubectl takes them. */
        public List<String> shortNames() {
            return plural.equals("customresourcedefinitions") ? List.of("crd", "crds") : List.of();
        }
    }

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

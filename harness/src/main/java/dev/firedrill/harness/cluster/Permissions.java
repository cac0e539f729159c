package dev.firedrill.harness.cluster;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectRulesReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this user may do in one namespace, as the server says. Every user may ask that of themselves.
 *
 * <p>Source: Kubernetes, SelfSubjectRulesReview and SelfSubjectAccessReview (authorization.k8s.io/v1).
 */
public final class Permissions {
    private final KubernetesClient client;
    private final String namespace;
    private final List<ResourceRule> rules;
    private final boolean complete;

    private Permissions(KubernetesClient client, String namespace, List<ResourceRule> rules, boolean complete) {
        this.client = client;
        this.namespace = namespace;
        this.rules = List.copyOf(rules);
        this.complete = complete;
    }

    /** Those in a namespace, as they are now. */
    public static Permissions in(KubernetesClient client, String namespace) {
        SubjectRulesReviewStatus status = client.resource(new SelfSubjectRulesReviewBuilder()
                        .withNewSpec()
                        .withNamespace(namespace)
                        .endSpec()
                        .build())
                .create()
                .getStatus();
        return new Permissions(
                client, namespace, status.getResourceRules(), !Boolean.TRUE.equals(status.getIncomplete()));
    }

    /**
     * Whether something may be done with every object of a resource.
     *
     * @param group the API group; empty for the core group
     * @param resource in the plural, with a subresource perhaps: {@code pods/eviction}
     */
    public boolean allow(String group, String resource, String verb) {
        return allow(group, resource, verb, null);
    }

    /** Whether something may be done with the object of a name. */
    public boolean allow(String group, String resource, String verb, @Nullable String name) {
        return rules.stream().anyMatch(rule -> covers(rule, group, resource, verb, name))
                || (!complete && reviewed(group, resource, verb, name));
    }

    private static boolean covers(
            ResourceRule rule, String group, String resource, String verb, @Nullable String name) {
        List<String> names = rule.getResourceNames();
        boolean named = names == null || names.isEmpty() || (name != null && names.contains(name));
        return named
                && has(rule.getApiGroups(), group)
                && has(rule.getResources(), resource)
                && has(rule.getVerbs(), verb);
    }

    private static boolean has(@Nullable List<String> allowed, String asked) {
        return allowed != null && (allowed.contains("*") || allowed.contains(asked));
    }

    /** Some authorizers cannot list what they allow: they are asked for this one thing. */
    private boolean reviewed(String group, String resource, String verb, @Nullable String name) {
        int slash = resource.indexOf('/');
        return Boolean.TRUE.equals(client.resource(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withNamespace(namespace)
                        .withGroup(group)
                        .withResource(slash < 0 ? resource : resource.substring(0, slash))
                        .withSubresource(slash < 0 ? null : resource.substring(slash + 1))
                        .withVerb(verb)
                        .withName(name)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create()
                .getStatus()
                .getAllowed());
    }
}

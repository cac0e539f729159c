package dev.firedrill.harness.agent;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.List;

/**
 * What the agent may do in its namespace: what the undo of the built-in faults takes, and nothing beyond it. All of
 * it is in the Role that is shipped for existing clusters, too, since nobody may grant more than they have.
 */
final class AgentAccount {
    private static final String RBAC = "rbac.authorization.k8s.io";

    private AgentAccount() {}

    /** A ServiceAccount, its Role and their binding, all of the same name. */
    static List<HasMetadata> objects(ObjectMeta meta) {
        return List.of(
                new ServiceAccountBuilder().withMetadata(meta).build(),
                new RoleBuilder().withMetadata(meta).withRules(rules()).build(),
                new RoleBindingBuilder()
                        .withMetadata(meta)
                        .withNewRoleRef(RBAC, "Role", meta.getName())
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(meta.getName())
                        .endSubject()
                        .build());
    }

    private static List<PolicyRule> rules() {
        return List.of(
                rule("", List.of("configmaps", "secrets"), "get", "list", "patch", "create", "delete"),
                rule("", List.of("services"), "get", "patch", "create", "delete"),
                rule("apps", List.of("deployments"), "get", "patch", "create", "delete"),
                rule("apps", List.of("replicasets"), "get", "patch"),
                rule("networking.k8s.io", List.of("ingresses"), "get", "patch", "create", "delete"),
                rule("", List.of("pods"), "list", "patch", "delete"),
                rule("", List.of("pods/proxy"), "create", "delete"),
                rule("discovery.k8s.io", List.of("endpointslices"), "list"));
    }

    private static PolicyRule rule(String group, List<String> resources, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withVerbs(verbs)
                .build();
    }
}

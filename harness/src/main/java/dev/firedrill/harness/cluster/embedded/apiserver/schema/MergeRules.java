package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which lists are merged by which key, and which objects and maps are one value; everything else is atomic in lists and
 * merged in objects. Named {@code Class.field} after the model.
 *
 * <p>Source: the {@code patchMergeKey}, {@code listType} and {@code mapType} marks in k8s.io/api of Kubernetes 1.34.
 */
final class MergeRules {
    private static final Map<String, MergeRule> LISTS = lists();
    private static final Set<String> ATOMIC_MAPS = Set.of(
            "ServiceSpec.selector",
            "PodSpec.nodeSelector",
            "ReplicationControllerSpec.selector",
            "Scheduling.nodeSelector");
    private static final Set<String> ATOMIC_OBJECTS = Set.of(
            "LabelSelector",
            "ObjectReference",
            "OwnerReference",
            "ServiceBackendPort",
            "LocalObjectReference",
            "TypedLocalObjectReference",
            "SecretKeySelector",
            "SecretReference",
            "ConfigMapKeySelector",
            "ObjectFieldSelector",
            "ResourceFieldSelector",
            "NodeSelector",
            "NodeSelectorTerm",
            "RoleRef",
            "Subject",
            "ScopeSelector",
            "TopologySelectorTerm");
    private static final Set<String> RETAINING = Set.of("DeploymentSpec.strategy");

    private MergeRules() {}

    static MergeRule list(String owner, String field) {
        return LISTS.getOrDefault(owner + "." + field, MergeRule.ATOMIC);
    }

    static boolean atomicMap(String owner, String field) {
        return ATOMIC_MAPS.contains(owner + "." + field);
    }

    static boolean atomicObject(String name) {
        return ATOMIC_OBJECTS.contains(name);
    }

    /** Whether a patch of this object may say which keys stay in it. */
    static boolean retaining(String owner, String field) {
        return RETAINING.contains(owner + "." + field);
    }

    private static Map<String, MergeRule> lists() {
        Map<String, MergeRule> rules = new HashMap<>();
        metadata(rules);
        pods(rules);
        containers(rules);
        statuses(rules);
        rest(rules);
        return Map.copyOf(rules);
    }

    private static void metadata(Map<String, MergeRule> rules) {
        rules.put("ObjectMeta.ownerReferences", MergeRule.map("uid"));
        rules.put("ObjectMeta.finalizers", MergeRule.set());
    }

    private static void pods(Map<String, MergeRule> rules) {
        rules.put("PodSpec.containers", MergeRule.map("name"));
        rules.put("PodSpec.initContainers", MergeRule.map("name"));
        rules.put("PodSpec.ephemeralContainers", MergeRule.map("name"));
        rules.put("PodSpec.volumes", MergeRule.map("name").retaining());
        rules.put("PodSpec.resourceClaims", MergeRule.map("name").retaining());
        rules.put("PodSpec.imagePullSecrets", MergeRule.map("name"));
        rules.put("PodSpec.hostAliases", MergeRule.map("ip"));
        rules.put("PodSpec.schedulingGates", MergeRule.map("name"));
        rules.put("PodSpec.topologySpreadConstraints", MergeRule.map("topologyKey", "whenUnsatisfiable"));
        rules.put("PodStatus.podIPs", MergeRule.map("ip"));
        rules.put("PodStatus.resourceClaimStatuses", MergeRule.map("name").retaining());
    }

    private static void containers(Map<String, MergeRule> rules) {
        for (String container : Set.of("Container", "EphemeralContainer")) {
            rules.put(container + ".env", MergeRule.map("name"));
            rules.put(container + ".ports", MergeRule.map("containerPort", "protocol"));
            rules.put(container + ".volumeMounts", MergeRule.map("mountPath"));
            rules.put(container + ".volumeDevices", MergeRule.map("devicePath"));
        }
        rules.put("ResourceRequirements.claims", MergeRule.map("name").onlyForApply());
        rules.put("ContainerStatus.volumeMounts", MergeRule.map("mountPath"));
    }

    private static void statuses(Map<String, MergeRule> rules) {
        for (String status : Set.of(
                "PodStatus",
                "NamespaceStatus",
                "NodeStatus",
                "ServiceStatus",
                "ReplicationControllerStatus",
                "PersistentVolumeClaimStatus",
                "DeploymentStatus",
                "ReplicaSetStatus",
                "StatefulSetStatus",
                "DaemonSetStatus",
                "PodDisruptionBudgetStatus",
                "FlowSchemaStatus",
                "PriorityLevelConfigurationStatus",
                "ServiceCIDRStatus",
                "HorizontalPodAutoscalerStatus")) {
            rules.put(status + ".conditions", MergeRule.map("type"));
        }
        rules.put("JobStatus.conditions", MergeRule.map("type").onlyForPatches());
        rules.put("NodeStatus.addresses", MergeRule.map("type"));
    }

    private static void rest(Map<String, MergeRule> rules) {
        rules.put("ServiceSpec.ports", MergeRule.map("port", "protocol"));
        rules.put("ServiceAccount.secrets", MergeRule.map("name"));
        rules.put("NodeSpec.podCIDRs", MergeRule.set());
        rules.put("Endpoint.addresses", MergeRule.set().onlyForApply());
        rules.put("CSIDriverSpec.volumeLifecycleModes", MergeRule.set().onlyForApply());
        rules.put("CSINodeSpec.drivers", MergeRule.map("name"));
        rules.put(
                "CertificateSigningRequestStatus.conditions",
                MergeRule.map("type").onlyForApply());
        rules.put("ResourceClaimStatus.reservedFor", MergeRule.map("uid"));
        rules.put(
                "ResourceClaimStatus.devices",
                MergeRule.map("driver", "device", "pool").onlyForApply());
        for (String field : Set.of("verbs", "apiGroups", "resources", "namespaces")) {
            rules.put("ResourcePolicyRule." + field, MergeRule.set().onlyForApply());
        }
        for (String field : Set.of("verbs", "nonResourceURLs")) {
            rules.put("NonResourcePolicyRule." + field, MergeRule.set().onlyForApply());
        }
    }
}

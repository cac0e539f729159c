package dev.firedrill.harness.cluster.embedded.apiserver.kinds;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every kind that is served. Their fields come from the classes of the Fabric8 model, found by name below.
 *
 * <p>Source: {@code kubectl api-resources} of Kubernetes 1.34 (names, short names, categories).
 */
public final class KindTable {
    private static final String MODEL = "io.fabric8.kubernetes.api.model.";
    private static final List<ResourceKind> KINDS = kinds();
    private static final Map<String, ResourceKind> BY_PATH = byPath();

    private KindTable() {}

    /** All kinds, grouped by group and version. */
    public static List<ResourceKind> all() {
        return KINDS;
    }

    /** The kind served at {@code /apis/group/version/plural}. */
    public static Optional<ResourceKind> find(String group, String version, String plural) {
        return Optional.ofNullable(BY_PATH.get(group + "/" + version + "/" + plural));
    }

    /** The kind of that name in the core group or another; for kinds that are surely served. */
    public static ResourceKind of(String group, String plural) {
        return KINDS.stream()
                .filter(kind -> kind.is(group, plural))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind " + plural + " in group '" + group + "'"));
    }

    private static Map<String, ResourceKind> byPath() {
        Map<String, ResourceKind> map = new LinkedHashMap<>();
        KINDS.forEach(kind -> map.put(kind.group() + "/" + kind.version() + "/" + kind.plural(), kind));
        return map;
    }

    private static List<ResourceKind> kinds() {
        List<ResourceKind> all = new ArrayList<>();
        core(all);
        workloads(all);
        network(all);
        rights(all);
        rest(all);
        devices(all);
        storage(all);
        return List.copyOf(all);
    }

    private static ResourceKind kind(String group, String version, String plural, String name, String packageName) {
        String storage = group.isEmpty() ? plural : plural + "." + group;
        String model = MODEL + packageName + name;
        return new ResourceKind(group, version, plural, name, true, List.of(), List.of(), model, false, false, storage);
    }

    private static ResourceKind core(String plural, String name) {
        return kind("", "v1", plural, name, "");
    }

    private static void core(List<ResourceKind> all) {
        all.add(core("configmaps", "ConfigMap").shortNamed("cm"));
        all.add(core("endpoints", "Endpoints").shortNamed("ep"));
        all.add(core("events", "Event").shortNamed("ev").storedAs("events"));
        all.add(core("limitranges", "LimitRange").shortNamed("limits"));
        all.add(core("namespaces", "Namespace").shortNamed("ns").clusterWide().withStatus());
        all.add(core("nodes", "Node").shortNamed("no").clusterWide().withStatus());
        all.add(core("persistentvolumeclaims", "PersistentVolumeClaim")
                .shortNamed("pvc")
                .withStatus());
        all.add(core("persistentvolumes", "PersistentVolume")
                .shortNamed("pv")
                .clusterWide()
                .withStatus());
        all.add(core("pods", "Pod").shortNamed("po").inCategories("all").withStatus());
        all.add(core("podtemplates", "PodTemplate"));
        all.add(core("replicationcontrollers", "ReplicationController")
                .shortNamed("rc")
                .inCategories("all")
                .withStatus()
                .withScale());
        all.add(core("resourcequotas", "ResourceQuota").shortNamed("quota").withStatus());
        all.add(core("secrets", "Secret"));
        all.add(core("serviceaccounts", "ServiceAccount").shortNamed("sa"));
        all.add(core("services", "Service")
                .shortNamed("svc")
                .inCategories("all")
                .withStatus());
    }

    private static ResourceKind apps(String plural, String name) {
        return kind("apps", "v1", plural, name, "apps.").inCategories("all");
    }

    private static void workloads(List<ResourceKind> all) {
        all.add(apps("controllerrevisions", "ControllerRevision").inCategories());
        all.add(apps("daemonsets", "DaemonSet").shortNamed("ds").withStatus());
        all.add(apps("deployments", "Deployment")
                .shortNamed("deploy")
                .withStatus()
                .withScale());
        all.add(apps("replicasets", "ReplicaSet").shortNamed("rs").withStatus().withScale());
        all.add(apps("statefulsets", "StatefulSet")
                .shortNamed("sts")
                .withStatus()
                .withScale());
        all.add(kind("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", "autoscaling.v2.")
                .shortNamed("hpa")
                .inCategories("all")
                .withStatus());
        all.add(kind("autoscaling", "v1", "horizontalpodautoscalers", "HorizontalPodAutoscaler", "autoscaling.v1.")
                .shortNamed("hpa")
                .inCategories("all")
                .withStatus());
        all.add(kind("batch", "v1", "cronjobs", "CronJob", "batch.v1.")
                .shortNamed("cj")
                .inCategories("all")
                .withStatus());
        all.add(kind("batch", "v1", "jobs", "Job", "batch.v1.")
                .inCategories("all")
                .withStatus());
        all.add(kind("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", "policy.v1.")
                .shortNamed("pdb")
                .withStatus());
    }

    private static void network(List<ResourceKind> all) {
        all.add(kind("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", "discovery.v1."));
        all.add(kind("events.k8s.io", "v1", "events", "Event", "events.v1.")
                .shortNamed("ev")
                .storedAs("events"));
        all.add(kind("networking.k8s.io", "v1", "ingressclasses", "IngressClass", "networking.v1.")
                .clusterWide());
        all.add(kind("networking.k8s.io", "v1", "ingresses", "Ingress", "networking.v1.")
                .shortNamed("ing")
                .withStatus());
        all.add(kind("networking.k8s.io", "v1", "ipaddresses", "IPAddress", "networking.v1.")
                .shortNamed("ip")
                .clusterWide());
        all.add(kind("networking.k8s.io", "v1", "servicecidrs", "ServiceCIDR", "networking.v1.")
                .clusterWide()
                .withStatus());
        all.add(kind("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", "networking.v1.")
                .shortNamed("netpol"));
    }

    private static ResourceKind rbac(String plural, String name) {
        return kind("rbac.authorization.k8s.io", "v1", plural, name, "rbac.");
    }

    private static void rights(List<ResourceKind> all) {
        all.add(rbac("clusterrolebindings", "ClusterRoleBinding").clusterWide());
        all.add(rbac("clusterroles", "ClusterRole").clusterWide());
        all.add(rbac("rolebindings", "RoleBinding"));
        all.add(rbac("roles", "Role"));
    }

    private static void rest(List<ResourceKind> all) {
        all.add(kind(
                        "certificates.k8s.io",
                        "v1",
                        "certificatesigningrequests",
                        "CertificateSigningRequest",
                        "certificates.v1.")
                .shortNamed("csr")
                .clusterWide()
                .withStatus());
        all.add(kind("coordination.k8s.io", "v1", "leases", "Lease", "coordination.v1."));
        all.add(flows("flowschemas", "FlowSchema"));
        all.add(flows("prioritylevelconfigurations", "PriorityLevelConfiguration"));
        all.add(kind("node.k8s.io", "v1", "runtimeclasses", "RuntimeClass", "node.v1.")
                .clusterWide());
        all.add(kind("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", "scheduling.v1.")
                .shortNamed("pc")
                .clusterWide());
    }

    private static ResourceKind flows(String plural, String name) {
        return kind("flowcontrol.apiserver.k8s.io", "v1", plural, name, "flowcontrol.v1.")
                .clusterWide()
                .withStatus();
    }

    private static ResourceKind devices(String plural, String name) {
        return kind("resource.k8s.io", "v1", plural, name, "resource.v1.");
    }

    private static void devices(List<ResourceKind> all) {
        all.add(devices("deviceclasses", "DeviceClass").clusterWide());
        all.add(devices("resourceclaims", "ResourceClaim").withStatus());
        all.add(devices("resourceclaimtemplates", "ResourceClaimTemplate"));
        all.add(devices("resourceslices", "ResourceSlice").clusterWide());
    }

    private static ResourceKind storage(String plural, String name) {
        return kind("storage.k8s.io", "v1", plural, name, "storage.");
    }

    private static void storage(List<ResourceKind> all) {
        all.add(storage("csidrivers", "CSIDriver").clusterWide());
        all.add(storage("csinodes", "CSINode").clusterWide());
        all.add(storage("csistoragecapacities", "CSIStorageCapacity"));
        all.add(storage("storageclasses", "StorageClass").shortNamed("sc").clusterWide());
        all.add(storage("volumeattachments", "VolumeAttachment").clusterWide().withStatus());
        all.add(storage("volumeattributesclasses", "VolumeAttributesClass")
                .shortNamed("vac")
                .clusterWide());
    }
}

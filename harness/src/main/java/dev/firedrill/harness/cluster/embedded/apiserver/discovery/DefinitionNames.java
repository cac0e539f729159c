package dev.firedrill.harness.cluster.embedded.apiserver.discovery;

import java.util.Map;
import java.util.Set;

/** The names that Kubernetes gives to schemas, from the packages of the Fabric8 model. */
final class DefinitionNames {
    private static final String MODEL = "io.fabric8.kubernetes.api.model";
    private static final String API = "io.k8s.api.";
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final Set<String> META_TYPES = Set.of(
            "ObjectMeta",
            "ListMeta",
            "OwnerReference",
            "ManagedFieldsEntry",
            "LabelSelector",
            "LabelSelectorRequirement",
            "Condition",
            "Status",
            "StatusDetails",
            "StatusCause",
            "DeleteOptions",
            "Preconditions",
            "FieldSelectorRequirement");
    private static final Map<String, String> PACKAGES = Map.of(
            "apps", "apps.v1",
            "rbac", "rbac.v1",
            "storage", "storage.v1");

    private DefinitionNames() {}

    /** {@code io.k8s.api.apps.v1.Deployment} for {@code ...model.apps.Deployment}. */
    static String of(Class<?> model) {
        String name = model.getSimpleName();
        String packageName = model.getPackageName();
        if (packageName.equals(MODEL)) {
            return (META_TYPES.contains(name) ? META : API + "core.v1.") + name;
        }
        if (!packageName.startsWith(MODEL + ".")) {
            return packageName + "." + name;
        }
        String rest = packageName.substring(MODEL.length() + 1);
        return API + PACKAGES.getOrDefault(rest, rest) + "." + name;
    }
}

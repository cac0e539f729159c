package dev.firedrill.harness.cluster.embedded.apiserver.kinds;

import java.util.List;
import java.util.Locale;

/**
 * One kind of object and where it is served.
 *
 * @param group empty for the core group
 * @param plural as in paths
 * @param shortNames as kubectl takes them
 * @param categories such as {@code all}
 * @param model the class of the Fabric8 model that says which fields there are
 * @param status has a status sub-resource, so that {@code status} cannot be written through the object itself
 * @param scale has a scale sub-resource
 * @param storage the name under which objects are kept; two kinds may share one
 */
public record ResourceKind(
        String group,
        String version,
        String plural,
        String kind,
        boolean namespaced,
        List<String> shortNames,
        List<String> categories,
        String model,
        boolean status,
        boolean scale,
        String storage) {
    public ResourceKind {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }

    /** A kind that is sent and answered, but not kept: it is known for what is said about it. */
    public static ResourceKind transitory(String group, String kind) {
        String plural = kind.toLowerCase(Locale.ROOT) + "s";
        return new ResourceKind(
                group, "v1", plural, kind, true, List.of(), List.of(), "", false, false, plural + "." + group);
    }

    /** One that is sent and answered likewise, whose fields are known. */
    public static ResourceKind answered(String group, String kind, boolean namespaced, String model) {
        ResourceKind plain = transitory(group, kind);
        return new ResourceKind(
                group,
                plain.version(),
                plain.plural(),
                kind,
                namespaced,
                List.of(),
                List.of(),
                model,
                false,
                false,
                plain.storage());
    }

    /** {@code v1} or {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@code pods} or {@code deployments.apps}, as messages name it. */
    public String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** {@code Pod} or {@code Deployment.apps}, as messages about validity name it. */
    public String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    public String singular() {
        return kind.toLowerCase(Locale.ROOT);
    }

    /** What whoever uses it is warned of; empty for most. */
    public List<String> deprecation() {
        return is("", "endpoints")
                ? List.of("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice")
                : List.of();
    }

    /** The kind of its lists. */
    public String listKind() {
        return kind + "List";
    }

    /** Whether it is this one, of any version. */
    public boolean is(String aGroup, String aPlural) {
        return group.equals(aGroup) && plural.equals(aPlural);
    }

    /** Whether it is CertificateSigningRequest, which says who made it and is approved by others. */
    public boolean isCertificateRequest() {
        return is("certificates.k8s.io", "certificatesigningrequests");
    }

    ResourceKind shortNamed(String... names) {
        return new ResourceKind(
                group, version, plural, kind, namespaced, List.of(names), categories, model, status, scale, storage);
    }

    ResourceKind inCategories(String... names) {
        return new ResourceKind(
                group, version, plural, kind, namespaced, shortNames, List.of(names), model, status, scale, storage);
    }

    ResourceKind withStatus() {
        return new ResourceKind(
                group, version, plural, kind, namespaced, shortNames, categories, model, true, scale, storage);
    }

    ResourceKind withScale() {
        return new ResourceKind(
                group, version, plural, kind, namespaced, shortNames, categories, model, status, true, storage);
    }

    ResourceKind clusterWide() {
        return new ResourceKind(
                group, version, plural, kind, false, shortNames, categories, model, status, scale, storage);
    }

    ResourceKind storedAs(String name) {
        return new ResourceKind(
                group, version, plural, kind, namespaced, shortNames, categories, model, status, scale, name);
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Judges whole objects before they are stored. */
public final class Validation {
    private Validation() {}

    /**
     * A new object, defaults filled in.
     *
     * @throws StatusException (422) with everything that is wrong
     */
    public static void create(ResourceKind kind, JsonNode object) {
        Findings findings = new Findings();
        check(kind, object, findings);
        if (kind.storage().equals("services")) {
            new ServiceCheck(findings, object.path("spec")).created();
        }
        findings.throwIfAny(kind, Json.textAt(object, "metadata", "name"));
    }

    /**
     * A changed object, defaults filled in.
     *
     * @throws StatusException (422) with everything that is wrong
     */
    public static void update(ResourceKind kind, JsonNode before, JsonNode after) {
        Findings findings = new Findings();
        check(kind, after, findings);
        MetadataCheck.update(before.path("metadata"), after.path("metadata"), findings);
        change(kind, before, after, findings);
        findings.throwIfAny(kind, Json.textAt(after, "metadata", "name"));
    }

    /**
     * An object as a patch leaves it: it is still the same.
     *
     * @throws StatusException (422) if the patch gives it another identity
     */
    public static void patched(ResourceKind kind, String uid, JsonNode after) {
        Findings findings = new Findings();
        String given = Json.textAt(after, "metadata", "uid");
        if (!given.isEmpty() && !given.equals(uid)) {
            findings.invalid("metadata.uid", Json.string(given), "field is immutable");
        }
        findings.throwIfAny(kind, Json.textAt(after, "metadata", "name"));
    }

    /**
     * A new event that was sent as one of {@code events.k8s.io}, in the form of the core group: it has more rules.
     *
     * @throws StatusException (422) with everything that is wrong
     */
    public static void newEvent(ResourceKind kind, JsonNode event) {
        Findings findings = new Findings();
        EventCheck check = new EventCheck(findings, event, true);
        check.check();
        check.created();
        findings.throwIfAny(kind, Json.textAt(event, "metadata", "name"));
    }

    /**
     * One that was changed as one of {@code events.k8s.io}.
     *
     * @throws StatusException (422) with everything that is wrong
     */
    public static void changedEvent(ResourceKind kind, JsonNode before, JsonNode after) {
        Findings findings = new Findings();
        EventCheck check = new EventCheck(findings, after, true);
        check.check();
        check.changed(before);
        findings.throwIfAny(kind, Json.textAt(after, "metadata", "name"));
    }

    /**
     * A changed status.
     *
     * @param approval whether it was changed through {@code approval}
     * @throws StatusException (422) with everything that is wrong
     */
    public static void status(ResourceKind kind, JsonNode before, JsonNode after, boolean approval) {
        Findings findings = new Findings();
        if (kind.storage().equals("services")) {
            new ServiceReachCheck(findings, after.path("spec")).status(before.path("status"), after.path("status"));
        } else if (kind.isCertificateRequest()) {
            new CertificateStatusCheck(findings).check(before.path("status"), after.path("status"), approval);
        }
        findings.throwIfAny(kind, Json.textAt(after, "metadata", "name"));
    }

    /**
     * A question whether somebody may do something.
     *
     * @throws StatusException (422) with everything that is wrong
     */
    public static void review(ResourceKind kind, JsonNode spec, String namespace) {
        Findings findings = new Findings();
        new ReviewCheck(findings, spec).check(kind, namespace);
        findings.throwIfAny(ResourceKind.transitory(kind.group(), ""), "");
    }

    private static void check(ResourceKind kind, JsonNode object, Findings findings) {
        MetadataCheck.check(kind, object.path("metadata"), findings);
        JsonNode spec = object.path("spec");
        switch (kind.storage()) {
            case "pods" -> new PodSpecCheck(findings).check(spec, "spec");
            case "deployments.apps" -> {
                WorkloadCheck check = new WorkloadCheck(findings);
                check.check(spec, kind.kind());
                check.strategy(spec);
            }
            case "replicasets.apps" -> new WorkloadCheck(findings).check(spec, kind.kind());
            case "statefulsets.apps" -> {
                new StrategyCheck(findings, spec).statefulSet();
                new WorkloadCheck(findings).check(spec, kind.kind());
            }
            case "daemonsets.apps" -> new WorkloadCheck(findings).daemonSet(spec);
            case "replicationcontrollers" -> new WorkloadCheck(findings).replicationController(spec);
            case "controllerrevisions.apps" -> new ConfigurationCheck(findings).revision(object);
            case "podtemplates" ->
                new PodSpecCheck(findings).check(object.path("template").path("spec"), "template.spec");
            case "jobs.batch" -> new WorkloadCheck(findings).job(spec, "spec");
            case "cronjobs.batch" -> {
                ScheduleCheck.check(spec, findings);
                new WorkloadCheck(findings).job(spec.path("jobTemplate").path("spec"), "spec.jobTemplate.spec");
                ScheduleCheck.history(spec, findings);
            }
            case "persistentvolumeclaims" -> new StorageCheck(findings).claim(spec);
            case "persistentvolumes" -> new StorageCheck(findings).volume(spec);
            case "resourcequotas" -> new QuotaCheck(findings, spec).check();
            case "limitranges" -> new LimitRangeCheck(findings).limits(spec.path("limits"));
            case "services" -> new ServiceCheck(findings, spec).check();
            case "ingresses.networking.k8s.io" -> new IngressCheck(findings).check(spec);
            case "endpoints" -> new EndpointCheck(findings).endpoints(object.path("subsets"));
            case "endpointslices.discovery.k8s.io" -> new EndpointCheck(findings).endpointSlice(object);
            case "configmaps" -> new ConfigurationCheck(findings).data(object, Set.of("binaryData"));
            case "secrets" -> {
                new ConfigurationCheck(findings).data(object, Set.of("data"));
                new SecretCheck(findings, object).check();
            }
            case "leases.coordination.k8s.io" -> new ConfigurationCheck(findings).lease(spec);
            case "events" -> new EventCheck(findings, object, false).check();
            case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io" ->
                new AccessCheck(findings).binding(object, kind.namespaced());
            case "roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io" ->
                new AccessCheck(findings).role(object, kind.namespaced());
            case "poddisruptionbudgets.policy" -> new ConfigurationCheck(findings).budget(spec);
            case "horizontalpodautoscalers.autoscaling" -> new AutoscalerCheck(findings).check(spec);
            case "networkpolicies.networking.k8s.io" -> new NetworkPolicyCheck(findings).check(spec);
            case "ingressclasses.networking.k8s.io" -> new ClassCheck(findings).ingress(spec);
            case "priorityclasses.scheduling.k8s.io" -> new ClassCheck(findings).priority(object);
            case "storageclasses.storage.k8s.io" -> new ClassCheck(findings).storage(object);
            case "certificatesigningrequests.certificates.k8s.io" ->
                new ServerKindCheck(findings).certificateRequest(spec);
            case "flowschemas.flowcontrol.apiserver.k8s.io" -> new ServerKindCheck(findings).flow(object);
            case "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io" ->
                new ServerKindCheck(findings).priorityLevel(spec);
            case "ipaddresses.networking.k8s.io" -> new ServerKindCheck(findings).address(object);
            case "servicecidrs.networking.k8s.io" -> new ServerKindCheck(findings).range(spec);
            case "runtimeclasses.node.k8s.io" -> new ServerKindCheck(findings).runtime(object);
            case "volumeattachments.storage.k8s.io" -> new ServerKindCheck(findings).attachment(spec);
            default -> {}
        }
    }

    private static void change(ResourceKind kind, JsonNode before, JsonNode after, Findings findings) {
        JsonNode old = before.path("spec");
        JsonNode spec = after.path("spec");
        switch (kind.storage()) {
            case "pods" -> new PodSpecCheck(findings).update(old, spec);
            case "statefulsets.apps" -> new StrategyCheck(findings, spec).statefulSetUpdate(old);
            case "deployments.apps", "replicasets.apps", "daemonsets.apps" ->
                Checks.immutable(findings, "spec.selector", old.get("selector"), spec.get("selector"));
            case "jobs.batch" -> {
                Checks.immutable(findings, "spec.selector", old.get("selector"), spec.get("selector"));
                Checks.immutable(findings, "spec.template", old.get("template"), spec.get("template"));
            }
            case "services" -> new ServiceCheck(findings, spec).update(old);
            case "configmaps" -> new ConfigurationCheck(findings).dataUpdate(before, after);
            case "secrets" -> {
                Checks.immutable(findings, "type", before.get("type"), after.get("type"));
                new ConfigurationCheck(findings).dataUpdate(before, after);
            }
            case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io" ->
                new AccessCheck(findings).bindingUpdate(before, after);
            case "controllerrevisions.apps" ->
                Checks.immutable(findings, "data", before.get("data"), after.get("data"));
            case "endpointslices.discovery.k8s.io" ->
                Checks.immutable(findings, "addressType", before.get("addressType"), after.get("addressType"));
            case "ingressclasses.networking.k8s.io" ->
                Checks.immutable(findings, "spec.controller", old.get("controller"), spec.get("controller"));
            case "priorityclasses.scheduling.k8s.io" -> new ClassCheck(findings).priorityUpdate(before, after);
            case "storageclasses.storage.k8s.io" -> new ClassCheck(findings).storageUpdate(before, after);
            default -> {}
        }
    }
}

package dev.firedrill.scenarios.existing;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An admission policy that refuses every change of a Service in a namespace, as a webhook would; gone when closed. */
record Rejection(KubernetesClient client, String namespace, String manifest) implements AutoCloseable {
    static final String REASON = "Services are frozen today";

    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: frozen-services}
            spec:
              failurePolicy: Fail
              matchConstraints:
                resourceRules:
                - {apiGroups: [""], apiVersions: [v1], operations: [UPDATE], resources: [services]}
              validations:
              - {expression: "request.namespace != '%1$s'", message: "%2$s"}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: frozen-services}
            spec: {policyName: frozen-services, validationActions: [Deny]}
            """;

    static Rejection ofServicesIn(Lender lender) {
        String manifest = POLICY.formatted(lender.namespace(), REASON);
        Rejection rejection = new Rejection(lender.client(), lender.namespace(), manifest);
        rejection.client.load(rejection.stream()).serverSideApply();
        return rejection;
    }

    private ByteArrayInputStream stream() {
        return new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the server refuses by now. */
    boolean inForce() {
        try {
            client.services()
                    .inNamespace(namespace)
                    .withName("api")
                    .patch(
                            new PatchContext.Builder()
                                    .withDryRun(List.of("All"))
                                    .build(),
                            "{\"metadata\": {\"labels\": {\"tried\": \"yes\"}}}");
            return false;
        } catch (KubernetesClientException refused) {
            return true;
        }
    }

    @Override
    public void close() {
        client.load(stream()).delete();
    }
}

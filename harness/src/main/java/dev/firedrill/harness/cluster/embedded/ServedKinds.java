package dev.firedrill.harness.cluster.embedded;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.model.jackson.Jackson2JdkTypesModule;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of a client that knows the kinds which the embedded API server serves, instead of looking for all that the
 * Fabric8 model has: a third of a second of a processor, at every start.
 */
final class ServedKinds {
    private ServedKinds() {}

    static KubernetesSerialization serialization() {
        KubernetesSerialization serialization = new KubernetesSerialization(
                JsonMapper.builderWithJackson2Defaults()
                        .addModule(new Jackson2JdkTypesModule())
                        .build(),
                false);
        for (ResourceKind kind : KindTable.all()) {
            String group = kind.group().isEmpty() ? "" : kind.group() + "/";
            serialization.registerKubernetesResource(group + kind.version(), kind.kind(), model(kind));
        }
        serialization.registerKubernetesResource(Status.class);
        serialization.registerKubernetesResource(KubernetesList.class);
        return serialization;
    }

    private static Class<? extends KubernetesResource> model(ResourceKind kind) {
        try {
            return Class.forName(kind.model(), false, ServedKinds.class.getClassLoader())
                    .asSubclass(KubernetesResource.class);
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException("the Fabric8 model has no class " + kind.model(), absent);
        }
    }
}

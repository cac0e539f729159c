package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A client's settings from the node's kubeconfig and nothing else: not from the user's own, nor from variables. */
final class ClientSettings {
    private ClientSettings() {}

    static Config of(String kubeconfig) {
        Object all = new Load(LoadSettings.builder().build()).loadFromString(kubeconfig);
        Map<?, ?> cluster = part(all, "clusters", "cluster");
        Map<?, ?> user = part(all, "users", "user");
        String key = text(user, "client-key-data");
        boolean elliptic = new String(Base64.getDecoder().decode(key), StandardCharsets.US_ASCII).contains("BEGIN EC");
        return new ConfigBuilder(Config.empty())
                .withAutoConfigure(false)
                .withMasterUrl(text(cluster, "server"))
                .withCaCertData(text(cluster, "certificate-authority-data"))
                .withClientCertData(text(user, "client-certificate-data"))
                .withClientKeyData(key)
                .withClientKeyAlgo(elliptic ? "EC" : "RSA")
                .withNamespace("default")
                .build();
    }

    private static Map<?, ?> part(Object all, String list, String name) {
        if (all instanceof Map<?, ?> map
                && map.get(list) instanceof List<?> items
                && !items.isEmpty()
                && items.get(0) instanceof Map<?, ?> first
                && first.get(name) instanceof Map<?, ?> part) {
            return part;
        }
        throw new ProvisioningException("the node's kubeconfig has no " + list);
    }

    private static String text(Map<?, ?> part, String field) {
        if (part.get(field) instanceof String value) {
            return value;
        }
        throw new ProvisioningException("the node's kubeconfig has no " + field);
    }
}

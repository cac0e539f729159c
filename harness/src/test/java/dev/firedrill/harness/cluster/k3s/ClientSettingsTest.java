package dev.firedrill.harness.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.client.Config;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {
    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            clusters:
            - name: default
              cluster: {server: "https://localhost:1", certificate-authority-data: Y2E=}
            users:
            - name: default
              user: {client-certificate-data: Y2VydA==, client-key-data: %s}
            """;

    @Test
    void the_node_s_kubeconfig_is_taken() {
        Config settings = ClientSettings.of(KUBECONFIG.formatted(encoded("-----BEGIN EC PRIVATE KEY-----")));

        assertThat(settings.getMasterUrl()).startsWith("https://localhost:1");
        assertThat(settings.getCaCertData()).isEqualTo("Y2E=");
        assertThat(settings.getClientCertData()).isEqualTo("Y2VydA==");
        assertThat(settings.getClientKeyAlgo()).isEqualTo("EC");
        assertThat(ClientSettings.of(KUBECONFIG.formatted(encoded("-----BEGIN RSA PRIVATE KEY-----")))
                        .getClientKeyAlgo())
                .isEqualTo("RSA");
    }

    @Test
    void nothing_is_taken_from_the_surroundings() {
        System.setProperty("kubernetes.auth.token", "of-somebody-else");
        try {
            Config settings = ClientSettings.of(KUBECONFIG.formatted(encoded("key")));
            assertThat(settings.getOauthToken()).isNull();
        } finally {
            System.clearProperty("kubernetes.auth.token");
        }
    }

    @Test
    void a_kubeconfig_without_a_cluster_is_told() {
        assertThatThrownBy(() -> ClientSettings.of("apiVersion: v1"))
                .isInstanceOf(ProvisioningException.class)
                .hasMessage("the node's kubeconfig has no clusters");
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}

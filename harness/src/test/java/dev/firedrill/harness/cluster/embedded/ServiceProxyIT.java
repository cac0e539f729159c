package dev.firedrill.harness.cluster.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.cluster.embedded.proxy.ProxyOptions;
import dev.firedrill.harness.cluster.embedded.proxy.ServiceProxy;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServiceProxyIT {
    private static void eventually(ThrowingRunnable assertion) {
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }

    @Test
    void a_service_is_reachable_by_address_and_name_as_long_as_it_has_endpoints(@TempDir Path directory)
            throws IOException {
        try (ControlPlane plane = new ControlPlane(directory.resolve("server"));
                ServerSocket backend = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServiceProxy proxy =
                        ServiceProxy.start(plane.client, new ProxyOptions(directory.resolve("hosts"), 1))) {
            Thread greeter = new Thread(() -> greet(backend));
            greeter.setDaemon(true);
            greeter.start();
            Service service = plane.client.resource(service()).create();
            String address = service.getSpec().getClusterIP();
            Path hosts = proxy.hostsFile("shop");
            eventually(() -> assertThat(Files.readString(hosts))
                    .contains(address + " api api.shop api.shop.svc api.shop.svc.cluster.local\n")
                    .contains(plane.prefix + ".0.1 kubernetes.default "));
            assertThatThrownBy(() -> answer(address)).isInstanceOf(ConnectException.class);

            Endpoints endpoints =
                    plane.client.resource(endpoints(backend.getLocalPort())).create();
            eventually(() -> assertThat(answer(address)).isEqualTo("hello"));
            plane.client.resource(endpoints).delete();
            eventually(() -> assertThatThrownBy(() -> answer(address)).isInstanceOf(ConnectException.class));

            plane.client.resource(service).delete();
            eventually(() -> assertThat(Files.readString(hosts)).doesNotContain("api.shop"));
        }
    }

    @Test
    void what_is_not_served_is_said_with_a_warning(@TempDir Path directory) {
        try (ControlPlane plane = new ControlPlane(directory.resolve("server"));
                ServiceProxy proxy =
                        ServiceProxy.start(plane.client, new ProxyOptions(directory.resolve("hosts"), 1))) {
            assertThat(proxy.hostsFile("shop")).exists();
            plane.client
                    .resource(new ServiceBuilder(service())
                            .editSpec()
                            .editFirstPort()
                            .withProtocol("UDP")
                            .endPort()
                            .endSpec()
                            .build())
                    .create();

            eventually(() -> assertThat(plane.client
                            .v1()
                            .events()
                            .inNamespace("shop")
                            .list()
                            .getItems())
                    .anySatisfy(event -> {
                        assertThat(event.getType()).isEqualTo("Warning");
                        assertThat(event.getReason()).isEqualTo("PortNotServed");
                        assertThat(event.getInvolvedObject().getName()).isEqualTo("api");
                        assertThat(event.getMessage()).startsWith("UDP port 7001 is not served");
                    }));
        }
    }

    private static Service service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("api")
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(7001)
                .endPort()
                .endSpec()
                .build();
    }

    private static Endpoints endpoints(int port) {
        return new EndpointsBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("api")
                .endMetadata()
                .addNewSubset()
                .addNewAddress()
                .withIp("127.0.0.1")
                .endAddress()
                .addNewPort()
                .withPort(port)
                .endPort()
                .endSubset()
                .build();
    }

    private static void greet(ServerSocket backend) {
        try {
            while (true) {
                try (Socket socket = backend.accept()) {
                    socket.getOutputStream().write("hello".getBytes(UTF_8));
                }
            }
        } catch (IOException ignored) {
            // closed
        }
    }

    private static String answer(String address) throws IOException {
        try (Socket socket = new Socket(address, 7001)) {
            socket.setSoTimeout(10_000);
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}

package dev.firedrill.harness.cluster.embedded.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontendTest {
    private static Service service(String namespace, String name, String ip) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withClusterIP(ip)
                .addNewPort()
                .withName("http")
                .withPort(8080)
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build();
    }

    /** Each endpoint as its address and the letters r, s and t for ready, serving and terminating. */
    private static EndpointSlice slice(String... endpoints) {
        EndpointSliceBuilder slice = new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("api-1")
                .addToLabels("kubernetes.io/service-name", "api")
                .endMetadata()
                .addNewPort()
                .withName("http")
                .withPort(9000)
                .endPort();
        for (String endpoint : endpoints) {
            String[] parts = endpoint.split(" ", 2);
            slice.addNewEndpoint()
                    .withAddresses(parts[0])
                    .withNewConditions(parts[1].contains("r"), parts[1].contains("s"), parts[1].contains("t"))
                    .endEndpoint();
        }
        return slice.build();
    }

    private static List<InetSocketAddress> endpoints(String... endpoints) {
        return Frontend.of(service("shop", "api", "127.1.1.1"), List.of(slice(endpoints)))
                .get(0)
                .endpoints();
    }

    @Test
    void ready_endpoints_get_connections() {
        assertThat(endpoints("127.1.128.1 rs", "127.1.128.2 -", "127.1.128.3 st"))
                .containsExactly(new InetSocketAddress("127.1.128.1", 9000));
    }

    @Test
    void those_that_end_get_connections_if_no_other_is_there_and_they_still_serve() {
        assertThat(endpoints("127.1.128.2 -", "127.1.128.3 st", "127.1.128.4 t"))
                .containsExactly(new InetSocketAddress("127.1.128.3", 9000));
    }

    @Test
    void a_port_of_another_name_leads_nowhere() {
        Service other = new ServiceBuilder(service("shop", "api", "127.1.1.1"))
                .editSpec()
                .editFirstPort()
                .withName("other")
                .endPort()
                .endSpec()
                .build();

        assertThat(Frontend.of(other, List.of(slice("127.1.128.1 rs"))))
                .singleElement()
                .satisfies(frontend -> {
                    assertThat(frontend.address()).isEqualTo(new InetSocketAddress("127.1.1.1", 8080));
                    assertThat(frontend.endpoints()).isEmpty();
                });
    }

    @Test
    void headless_services_and_external_names_have_no_listener() {
        Service external = new ServiceBuilder(service("shop", "api", ""))
                .editSpec()
                .withType("ExternalName")
                .endSpec()
                .build();

        assertThat(Frontend.of(service("shop", "api", "None"), List.of())).isEmpty();
        assertThat(Frontend.of(external, List.of())).isEmpty();
    }

    @Test
    void affinity_lasts_three_hours_unless_the_service_says_otherwise() {
        Service sticky = new ServiceBuilder(service("shop", "api", "127.1.1.1"))
                .editSpec()
                .withSessionAffinity("ClientIP")
                .endSpec()
                .build();
        Service shorter = new ServiceBuilder(sticky)
                .editSpec()
                .withNewSessionAffinityConfig()
                .withNewClientIP(60)
                .endSessionAffinityConfig()
                .endSpec()
                .build();

        assertThat(Frontend.of(sticky, List.of()).get(0).affinity()).hasValue(Duration.ofHours(3));
        assertThat(Frontend.of(shorter, List.of()).get(0).affinity()).hasValue(Duration.ofMinutes(1));
    }

    @Test
    void names_are_short_at_home_and_carry_their_namespace_elsewhere() {
        HostsFile hosts = new HostsFile(
                List.of(service("shop", "api", "127.1.1.1"), service("default", "kubernetes", "127.1.0.1")), List.of());

        assertThat(hosts.render("shop")).isEqualTo("""
                        127.0.0.1 localhost
                        127.1.0.1 kubernetes.default kubernetes.default.svc kubernetes.default.svc.cluster.local
                        127.1.1.1 api api.shop api.shop.svc api.shop.svc.cluster.local
                        """);
        assertThat(hosts.render("elsewhere")).contains("127.1.1.1 api.shop api.shop.svc api.shop.svc.cluster.local\n");
    }

    @Test
    void a_headless_service_resolves_to_its_ready_pods() {
        HostsFile hosts = new HostsFile(
                List.of(service("shop", "api", "None")), List.of(slice("127.1.128.1 rs", "127.1.128.2 -")));

        assertThat(hosts.render("shop"))
                .isEqualTo("127.0.0.1 localhost\n127.1.128.1 api api.shop api.shop.svc api.shop.svc.cluster.local\n");
    }

    @Test
    void hosts_files_follow_the_services_and_go_with_their_namespace(@TempDir Path directory) throws IOException {
        Names names = new Names(directory);
        HostsFile without = new HostsFile(List.of(), List.of());
        HostsFile with = new HostsFile(List.of(service("shop", "api", "127.1.1.1")), List.of());

        Path file = names.file("shop", without);
        assertThat(file).hasContent("127.0.0.1 localhost\n");
        names.update(List.of(), with);
        assertThat(Files.readString(file)).contains("127.1.1.1 api ");
        names.update(List.of("shop"), without);
        assertThat(Files.readString(file)).doesNotContain("api");
        names.update(List.of(), without);
        assertThat(directory).isEmptyDirectory();
    }
}

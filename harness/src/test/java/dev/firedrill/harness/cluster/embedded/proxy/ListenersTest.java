package dev.firedrill.harness.cluster.embedded.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.cluster.sockets.Gateway;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenersTest {
    private static final int MEGABYTE = 1 << 20;

    private final List<String> complaints = new ArrayList<>();
    private final Gateway gateway = new Gateway("firedrill-proxy");
    private final Listeners listeners =
            new Listeners(gateway, 7, (service, reason, message) -> complaints.add(reason + ": " + message));
    private final EchoBackend one = new EchoBackend("one");
    private final EchoBackend two = new EchoBackend("two");
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private final Service service = new ServiceBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("api")
            .withUid("api-uid")
            .endMetadata()
            .build();

    @BeforeEach
    void chooseAnAddress() throws IOException {
        try (ServerSocket free = new ServerSocket()) {
            free.bind(new InetSocketAddress("127.213.1.9", 0));
            address = (InetSocketAddress) free.getLocalSocketAddress();
        }
    }

    @AfterEach
    void close() throws IOException {
        listeners.close();
        gateway.close();
        one.close();
        two.close();
    }

    private void serve(EchoBackend... backends) {
        serve(Optional.empty(), backends);
    }

    private void serve(Optional<Duration> affinity, EchoBackend... backends) {
        List<InetSocketAddress> endpoints =
                Arrays.stream(backends).map(EchoBackend::address).toList();
        assertThat(listeners.apply(service, List.of(new Frontend(address, "TCP", endpoints, affinity))))
                .isTrue();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(20_000);
        socket.connect(address, 20_000);
        return socket;
    }

    private static String nameOf(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8), 1).readLine();
    }

    private String nameOfNext() throws IOException {
        try (Socket socket = connect()) {
            return nameOf(socket);
        }
    }

    @Test
    void connections_take_turns_over_the_endpoints() throws Exception {
        serve(one, two);

        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            seen.merge(nameOfNext(), 1, Integer::sum);
        }

        assertThat(seen).isEqualTo(Map.of("one", 5, "two", 5));
    }

    @Test
    void with_affinity_a_client_stays_where_it_is_as_long_as_that_is_there() throws Exception {
        serve(Optional.of(Duration.ofHours(3)), one, two);
        String first = nameOfNext();
        for (int i = 0; i < 5; i++) {
            assertThat(nameOfNext()).isEqualTo(first);
        }

        serve(Optional.of(Duration.ofHours(3)), first.equals("one") ? two : one);

        assertThat(nameOfNext()).isNotEqualTo(first);
    }

    @Test
    void affinity_lapses() {
        AtomicLong nanos = new AtomicLong();
        Balancer balancer = new Balancer(0, nanos::get);
        balancer.use(new Frontend(
                address, "TCP", List.of(one.address(), two.address()), Optional.of(Duration.ofSeconds(5))));
        var client = address.getAddress();
        var first = balancer.choose(client);

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(4));
        assertThat(balancer.choose(client)).isEqualTo(first);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
        assertThat(balancer.choose(client)).isNotEqualTo(first);
    }

    @Test
    void without_endpoints_connections_are_refused_until_there_is_one_again() throws Exception {
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        serve(one);
        assertThat(nameOfNext()).isEqualTo("one");
        serve();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        serve(two);
        assertThat(nameOfNext()).isEqualTo("two");
        listeners.remove("shop", "api");
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }

    @Test
    void what_is_sent_before_a_half_close_comes_back_complete() throws Exception {
        serve(one);
        byte[] sent = new byte[8 * MEGABYTE];
        new Random(1).nextBytes(sent);

        try (Socket socket = connect()) {
            assertThat(nameOf(socket)).isEqualTo("one");
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            byte[] received = socket.getInputStream().readAllBytes();
            sending.join();
            assertThat(received).isEqualTo(sent);
        }
    }

    @Test
    void a_slow_reader_slows_its_writer_down_and_loses_nothing() throws Exception {
        serve(one);
        byte[] chunk = new byte[64 * 1024];
        AtomicLong written = new AtomicLong();

        try (Socket socket = connect()) {
            assertThat(nameOf(socket)).isEqualTo("one");
            int megabytes = 64;
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < megabytes * 16; i++) {
                        socket.getOutputStream().write(chunk);
                        written.addAndGet(chunk.length);
                    }
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> written.get() == atTheLastLook(written));
            assertThat(written.get()).isLessThan(megabytes * (long) MEGABYTE);
            long received = 0;
            for (int n = socket.getInputStream().read(chunk);
                    n >= 0;
                    n = socket.getInputStream().read(chunk)) {
                received += n;
            }
            sending.join();
            assertThat(received).isEqualTo(megabytes * (long) MEGABYTE);
        }
    }

    private long lastLook = -1;

    private long atTheLastLook(AtomicLong written) {
        long before = lastLook;
        lastLook = written.get();
        return before;
    }

    @Test
    void an_established_connection_outlives_its_endpoints_removal() throws Exception {
        serve(one);
        try (Socket socket = connect()) {
            assertThat(nameOf(socket)).isEqualTo("one");
            serve(two);
            assertThat(nameOfNext()).isEqualTo("two");
            serve();
            socket.getOutputStream().write('x');
            assertThat(socket.getInputStream().read()).isEqualTo('x');
        }
    }

    @Test
    void a_backend_that_crashes_resets_its_clients() throws Exception {
        serve(one);
        try (Socket socket = connect()) {
            assertThat(nameOf(socket)).isEqualTo("one");
            one.crash();
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void a_backend_that_refuses_shows_as_a_reset() throws Exception {
        serve(one);
        one.crash();
        assertThatThrownBy(this::nameOfNext).isInstanceOf(SocketException.class).hasMessageContaining("reset");
    }

    @Test
    void a_client_that_resets_ends_its_connection_to_the_backend() throws Exception {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        try (ServerSocket backend = new ServerSocket(0, 1, one.address().getAddress())) {
            Thread reader = new Thread(() -> {
                try (Socket accepted = backend.accept()) {
                    end.complete(accepted.getInputStream().read());
                } catch (IOException e) {
                    end.completeExceptionally(e);
                }
            });
            reader.start();
            InetSocketAddress there = (InetSocketAddress) backend.getLocalSocketAddress();
            listeners.apply(service, List.of(new Frontend(address, "TCP", List.of(there), Optional.empty())));
            Socket socket = connect();
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            await().until(reader::isAlive);
            socket.close();

            assertThatThrownBy(() -> end.get(20, TimeUnit.SECONDS)).hasRootCauseInstanceOf(SocketException.class);
        }
    }

    @Test
    void other_protocols_and_taken_ports_are_complained_about_once() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(address);
            List<Frontend> frontends = List.of(
                    new Frontend(address, "TCP", List.of(one.address()), Optional.empty()),
                    new Frontend(new InetSocketAddress("127.213.1.9", 53), "UDP", List.of(), Optional.empty()));

            assertThat(listeners.apply(service, frontends)).isFalse();
            assertThat(listeners.apply(service, frontends)).isFalse();
        }
        assertThat(complaints)
                .containsExactly(
                        "PortNotServed: cannot listen on 127.213.1.9:" + address.getPort() + ": Address already in use",
                        "PortNotServed: UDP port 53 is not served: only TCP is balanced on an embedded cluster;"
                                + " use k3s");
        serve(one);
        assertThat(nameOfNext()).isEqualTo("one");
    }

    @Test
    void a_service_whose_endpoint_is_its_own_address_needs_no_listener() throws Exception {
        assertThat(listeners.apply(service, List.of(new Frontend(address, "TCP", List.of(address), Optional.empty()))))
                .isTrue();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }
}

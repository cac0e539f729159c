package dev.firedrill.harness.cluster.embedded.toxiproxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Bandwidth;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.Timeout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What any Toxiproxy of version 2.12 does to connections. */
@org.junit.jupiter.api.Timeout(60)
abstract class ToxiproxyStreams {
    private static final int LONG_READ_MILLIS = 20_000;

    final Upstream echo = Upstream.thatEchoes();

    abstract InetSocketAddress server();

    private ToxiproxyClient client() {
        return new ToxiproxyClient(server().getAddress().getHostAddress(), server().getPort());
    }

    @AfterEach
    void removeAll() throws IOException {
        for (Proxy proxy : client().getProxies()) {
            proxy.delete();
        }
        echo.close();
    }

    final Proxy proxyTo(InetSocketAddress upstream) throws IOException {
        return client().createProxy("link", "127.0.0.1:0", "127.0.0.1:" + upstream.getPort());
    }

    final Socket connect(Proxy proxy) throws IOException {
        String listen = proxy.getListen();
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1)));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LONG_READ_MILLIS);
        return socket;
    }

    /** What is read of a connection until it ends: {@code closed}, {@code reset}, or {@code silent}. */
    static String endOf(Socket client) {
        try {
            client.getInputStream().transferTo(new ByteArrayOutputStream());
            return "closed";
        } catch (SocketTimeoutException e) {
            return "silent";
        } catch (SocketException e) {
            return "reset";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    static String hear(Socket client, int bytes) throws IOException {
        return new String(client.getInputStream().readNBytes(bytes), UTF_8);
    }

    /** Says {@code held}, of which nothing comes back yet. */
    static void assertHeld(Socket client) throws IOException {
        say(client, "held");
        client.setSoTimeout(300);
        assertThatThrownBy(() -> hear(client, 4)).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(LONG_READ_MILLIS);
    }

    /** How long an echo takes, in milliseconds. */
    private static double roundTrip(Socket client) throws IOException {
        long begun = System.nanoTime();
        say(client, "ping");
        assertThat(hear(client, 4)).isEqualTo("ping");
        return (System.nanoTime() - begun) / 1e6;
    }

    @Test
    void everything_passes_unchanged_in_both_directions() throws Exception {
        byte[] sent = new byte[3_000_000];
        new Random(5).nextBytes(sent);
        try (Socket client = connect(proxyTo(echo.address()))) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    client.getOutputStream().write(sent);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
            sending.join();
        }
    }

    @Test
    void a_client_of_an_upstream_that_is_not_there_is_cut_off() throws IOException {
        // A port that is bound and not listened at stays nobody's: one that was freed may become the proxy's own.
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Proxy proxy = proxyTo((InetSocketAddress) nobody.getLocalSocketAddress());
            try (Socket client = connect(proxy)) {
                assertThat(endOf(client)).isNotEqualTo("silent");
            }
        }
    }

    @Test
    void the_end_of_the_server_is_an_end_for_the_client_after_all_that_was_sent() throws IOException {
        try (Upstream sender = Upstream.thatSends(1_000_000)) {
            try (Socket client = connect(proxyTo(sender.address()))) {
                assertThat(client.getInputStream().readAllBytes()).hasSize(1_000_000);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void latency_delays_one_direction(ToxicDirection direction) throws IOException {
        Proxy proxy = proxyTo(echo.address());
        proxy.toxics().latency("slow", direction, 150);
        try (Socket client = connect(proxy)) {
            assertThat(roundTrip(client)).isBetween(150.0, 2_000.0);
            assertThat(roundTrip(client)).isBetween(150.0, 2_000.0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void latencies_add_up_in_one_direction_and_in_both(ToxicDirection direction) throws IOException {
        Proxy proxy = proxyTo(echo.address());
        proxy.toxics().latency("one", ToxicDirection.UPSTREAM, 100);
        proxy.toxics().latency("other", direction, 120);
        try (Socket client = connect(proxy)) {
            assertThat(roundTrip(client)).isBetween(220.0, 2_000.0);
        }
    }

    @Test
    void latency_with_jitter_stays_within_it() throws IOException {
        Proxy proxy = proxyTo(echo.address());
        proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 60).setJitter(40);
        List<Double> took = new ArrayList<>();
        try (Socket client = connect(proxy)) {
            for (int i = 0; i < 12; i++) {
                took.add(roundTrip(client));
            }
        }
        assertThat(took).allMatch(millis -> millis >= 19);
        assertThat(took.stream().mapToDouble(d -> d).max().orElse(0)
                        - took.stream().mapToDouble(d -> d).min().orElse(0))
                .isGreaterThan(5);
    }

    @Test
    void latency_does_not_slow_a_stream_down() throws IOException {
        try (Upstream sender = Upstream.thatSends(1_500_000)) {
            Proxy proxy = proxyTo(sender.address());
            proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 300);
            long begun = System.nanoTime();
            try (Socket client = connect(proxy)) {
                assertThat(client.getInputStream().readAllBytes()).hasSize(1_500_000);
            }
            assertThat(System.nanoTime() - begun).isBetween(300_000_000L, 5_000_000_000L);
        }
    }

    @Test
    void a_toxic_is_changed_while_a_connection_is_open() throws IOException {
        Proxy proxy = proxyTo(echo.address());
        Latency latency = proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 0);
        try (Socket client = connect(proxy)) {
            roundTrip(client);
            latency.setLatency(200);
            assertThat(roundTrip(client)).isGreaterThanOrEqualTo(199);
            latency.remove();
            assertThat(roundTrip(client)).isLessThan(199);
        }
    }

    @Test
    void a_toxic_works_on_connections_that_are_open_already() throws IOException {
        Proxy proxy = proxyTo(echo.address());
        try (Socket client = connect(proxy)) {
            roundTrip(client);
            proxy.toxics().latency("slow", ToxicDirection.UPSTREAM, 200);
            assertThat(roundTrip(client)).isGreaterThanOrEqualTo(199);
        }
    }

    @Test
    void what_a_toxic_held_arrives_when_it_is_removed() throws IOException {
        Proxy proxy = proxyTo(echo.address());
        Latency latency = proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 60_000);
        try (Socket client = connect(proxy)) {
            say(client, "held");
            await().atMost(Duration.ofSeconds(20)).until(() -> echo.connections() > 0);
            latency.remove();
            assertThat(hear(client, 4)).isEqualTo("held");
        }
    }

    @Test
    void a_chain_of_toxics_works_in_order() throws IOException {
        try (Upstream sender = Upstream.thatSends(100_000)) {
            Proxy proxy = proxyTo(sender.address());
            proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 100);
            proxy.toxics().limitData("short", ToxicDirection.DOWNSTREAM, 50);
            proxy.toxics().slowClose("lazy", ToxicDirection.DOWNSTREAM, 200);
            long begun = System.nanoTime();
            try (Socket client = connect(proxy)) {
                assertThat(client.getInputStream().readAllBytes()).hasSize(50);
            }
            assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(299_000_000L);
        }
    }

    @Test
    void bandwidth_limits_the_rate() throws IOException {
        try (Upstream sender = Upstream.thatSends(100_000)) {
            Proxy proxy = proxyTo(sender.address());
            proxy.toxics().bandwidth("thin", ToxicDirection.DOWNSTREAM, 100);
            long begun = System.nanoTime();
            try (Socket client = connect(proxy)) {
                assertThat(client.getInputStream().readAllBytes()).hasSize(100_000);
            }
            assertThat((System.nanoTime() - begun) / 1e6).isBetween(900.0, 5_000.0);
        }
    }

    @Test
    void a_rate_of_nothing_holds_everything_until_it_is_removed() throws IOException {
        Proxy proxy = proxyTo(echo.address());
        Bandwidth bandwidth = proxy.toxics().bandwidth("none", ToxicDirection.DOWNSTREAM, 0);
        try (Socket client = connect(proxy)) {
            assertHeld(client);
            bandwidth.remove();
            assertThat(hear(client, 4)).isEqualTo("held");
        }
    }

    @Test
    void a_rate_is_changed_while_a_connection_is_open() throws IOException {
        byte[] sent = new byte[30_000];
        Proxy proxy = proxyTo(echo.address());
        Bandwidth bandwidth = proxy.toxics().bandwidth("thin", ToxicDirection.DOWNSTREAM, 10_000);
        try (Socket client = connect(proxy)) {
            roundTrip(client);
            bandwidth.setRate(100);
            long begun = System.nanoTime();
            client.getOutputStream().write(sent);
            assertThat(client.getInputStream().readNBytes(sent.length)).hasSize(sent.length);
            assertThat((System.nanoTime() - begun) / 1e6).isBetween(200.0, 5_000.0);
        }
    }

    @Test
    void slow_close_delays_the_end_alone() throws IOException {
        try (Upstream sender = Upstream.thatSends(10)) {
            Proxy proxy = proxyTo(sender.address());
            proxy.toxics().slowClose("lazy", ToxicDirection.DOWNSTREAM, 400);
            try (Socket client = connect(proxy)) {
                long begun = System.nanoTime();
                hear(client, 10);
                assertThat(System.nanoTime() - begun).isLessThan(399_000_000L);
                assertThat(endOf(client)).isEqualTo("closed");
                assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(390_000_000L);
            }
        }
    }

    @Test
    void timeout_lets_nothing_through_and_closes() throws IOException {
        Proxy proxy = proxyTo(echo.address());
        proxy.toxics().timeout("cut", ToxicDirection.UPSTREAM, 300);
        try (Socket client = connect(proxy)) {
            long begun = System.nanoTime();
            say(client, "lost");
            assertThat(client.getInputStream().readAllBytes()).isEmpty();
            assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(290_000_000L);
        }
    }

    @Test
    void a_timeout_of_nothing_keeps_silent_until_it_is_removed_and_closes_then() throws IOException {
        Proxy proxy = proxyTo(echo.address());
        Timeout timeout = proxy.toxics().timeout("cut", ToxicDirection.DOWNSTREAM, 0);
        try (Socket client = connect(proxy)) {
            say(client, "lost");
            client.setSoTimeout(300);
            assertThat(endOf(client)).isEqualTo("silent");
            client.setSoTimeout(LONG_READ_MILLIS);
            timeout.remove();
            assertThat(endOf(client)).isEqualTo("closed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void reset_peer_resets(ToxicDirection direction) throws IOException {
        Proxy proxy = proxyTo(echo.address());
        proxy.toxics().resetPeer("rude", direction, 100);
        try (Socket client = connect(proxy)) {
            long begun = System.nanoTime();
            say(client, "lost");
            assertThat(endOf(client)).isEqualTo("reset");
            assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(95_000_000L);
        }
    }

    @Test
    void limit_data_closes_after_so_many_bytes() throws IOException {
        try (Upstream sender = Upstream.thatSends(1_000_000)) {
            Proxy proxy = proxyTo(sender.address());
            proxy.toxics().limitData("short", ToxicDirection.DOWNSTREAM, 70_001);
            try (Socket client = connect(proxy)) {
                assertThat(client.getInputStream().readAllBytes()).hasSize(70_001);
            }
        }
    }

    @Test
    void limit_data_counts_on_when_it_is_changed() throws IOException {
        Proxy proxy = proxyTo(echo.address());
        var limit = proxy.toxics().limitData("short", ToxicDirection.DOWNSTREAM, 8);
        try (Socket client = connect(proxy)) {
            roundTrip(client);
            limit.setBytes(6);
            say(client, "pong");
            assertThat(client.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("po");
        }
    }

    @Test
    void slicer_cuts_into_pieces_with_pauses() throws IOException {
        try (Upstream sender = Upstream.thatSends(1_000)) {
            Proxy proxy = proxyTo(sender.address());
            proxy.toxics()
                    .slicer("thin", ToxicDirection.DOWNSTREAM, 100, 20_000)
                    .setSizeVariation(10);
            try (Socket client = connect(proxy)) {
                long begun = System.nanoTime();
                InputStream in = client.getInputStream();
                byte[] piece = new byte[1_000];
                int reads = 0;
                int total = 0;
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    reads++;
                    total += read;
                }
                assertThat(total).isEqualTo(1_000);
                assertThat(reads).isGreaterThan(2);
                assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(140_000_000L);
            }
        }
    }

    @Test
    void toxicity_is_a_share_of_the_connections() throws IOException {
        Proxy proxy = proxyTo(echo.address());
        proxy.toxics().resetPeer("rude", ToxicDirection.DOWNSTREAM, 0).setToxicity(0.3f);
        int reset = 0;
        for (int i = 0; i < 200; i++) {
            try (Socket client = connect(proxy)) {
                say(client, "ping");
                if (client.getInputStream().read() >= 0) {
                    // a connection that is spared at its first byte is spared for good
                    assertThat(hear(client, 3)).isEqualTo("ing");
                    roundTrip(client);
                } else {
                    reset++;
                }
            } catch (SocketException e) {
                reset++;
            }
        }
        assertThat(reset).isBetween(30, 95); // five standard deviations
    }

    @Test
    void a_toxicity_of_nothing_spares_everybody() throws IOException {
        Proxy proxy = proxyTo(echo.address());
        proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 30_000).setToxicity(0);
        try (Socket client = connect(proxy)) {
            roundTrip(client);
        }
    }

    @Test
    void a_disabled_proxy_cuts_its_connections_and_refuses_new_ones() throws IOException {
        Proxy proxy = proxyTo(echo.address());
        try (Socket client = connect(proxy)) {
            roundTrip(client);
            proxy.disable();
            assertThat(endOf(client)).isNotEqualTo("silent");
        }
        assertThatThrownBy(() -> connect(proxy)).isInstanceOf(ConnectException.class);
        proxy.enable();
        try (Socket client = connect(proxy)) {
            roundTrip(client);
        }
    }

    @Test
    void another_upstream_takes_new_connections_and_the_old_ones_are_cut() throws IOException {
        try (Upstream other = Upstream.thatSends(5)) {
            Proxy proxy = proxyTo(echo.address());
            try (Socket client = connect(proxy)) {
                roundTrip(client);
                proxy.setUpstream("127.0.0.1:" + other.address().getPort());
                assertThat(endOf(client)).isNotEqualTo("silent");
            }
            try (Socket client = connect(proxy)) {
                assertThat(client.getInputStream().readAllBytes()).hasSize(5);
            }
        }
    }

    @Test
    void reset_frees_what_was_held() throws IOException {
        Proxy proxy = proxyTo(echo.address());
        proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 60_000);
        try (Socket client = connect(proxy)) {
            say(client, "held");
            await().atMost(Duration.ofSeconds(20)).until(() -> echo.connections() > 0);
            client().reset();
            assertThat(hear(client, 4)).isEqualTo("held");
        }
    }

    @Test
    void metrics_count_bytes_by_proxy_and_direction() throws Exception {
        Proxy proxy = proxyTo(echo.address());
        try (Socket client = connect(proxy)) {
            roundTrip(client);
        }
        String labels =
                "listener=\"" + proxy.getListen() + "\",proxy=\"link\",upstream=\"" + proxy.getUpstream() + "\"}";
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(metrics())
                .contains("# TYPE toxiproxy_proxy_received_bytes_total counter\n")
                .contains("toxiproxy_proxy_received_bytes_total{direction=\"upstream\"," + labels + " 4\n")
                .contains("toxiproxy_proxy_sent_bytes_total{direction=\"upstream\"," + labels + " 4\n"));
    }

    private String metrics() throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + server().getPort() + "/metrics");
        try (InputStream answer = uri.toURL().openStream()) {
            return new String(answer.readAllBytes(), UTF_8);
        }
    }

    /** How many bytes the only proxy has read in a direction. */
    final long received(String direction) throws IOException {
        String series = "toxiproxy_proxy_received_bytes_total{direction=\"" + direction + "\"";
        return metrics()
                .lines()
                .filter(line -> line.startsWith(series) && line.contains(":" + portOfTheOnlyProxy() + "\""))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private String portOfTheOnlyProxy() {
        try {
            String listen = client().getProxies().get(0).getListen();
            return listen.substring(listen.lastIndexOf(':') + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

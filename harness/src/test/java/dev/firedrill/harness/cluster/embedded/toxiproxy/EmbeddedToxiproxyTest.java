package dev.firedrill.harness.cluster.embedded.toxiproxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Bandwidth;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The suite of a Toxiproxy against the embedded one, and what this does better than the real one. */
class EmbeddedToxiproxyTest {
    private static ToxiproxyServer server;

    @BeforeAll
    static void start() {
        server = ToxiproxyServer.start(ToxiproxyOptions.onLoopback());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Nested
    class Requests extends ToxiproxyRequests {
        @Override
        InetSocketAddress server() {
            return server.address();
        }
    }

    @Nested
    class Streams extends ToxiproxyStreams {
        @Override
        InetSocketAddress server() {
            return server.address();
        }

        @Test
        void a_reply_arrives_although_the_client_has_ended_its_half() throws IOException {
            try (Upstream late = Upstream.thatAnswersAtTheEnd("reply")) {
                Proxy proxy = proxyTo(late.address());
                try (Socket client = connect(proxy)) {
                    client.getOutputStream().write("question".getBytes(UTF_8));
                    client.shutdownOutput();
                    assertThat(client.getInputStream().readAllBytes())
                            .asString(UTF_8)
                            .isEqualTo("reply");
                }
            }
        }

        @Test
        void a_stream_that_nobody_reads_is_not_kept_in_memory() throws IOException {
            try (Upstream endless = Upstream.thatSends(1L << 40)) {
                Proxy proxy = proxyTo(endless.address());
                proxy.toxics().latency("slow", ToxicDirection.DOWNSTREAM, 20);
                try (Socket client = connect(proxy)) {
                    assertThat(client.getInputStream().read()).isZero();
                    long[] received = {0};
                    await().atMost(Duration.ofSeconds(30))
                            .pollInterval(Duration.ofMillis(300))
                            .until(() -> received[0] == (received[0] = received("downstream")));
                    assertThat(received[0]).isBetween(1L, 32L << 20);
                }
            }
        }

        /** Version 2.12.0 of the real server now and then ends by this, with {@code slice bounds out of range}. */
        @Test
        void what_a_rate_of_nothing_holds_arrives_when_it_is_raised() throws IOException {
            Proxy proxy = proxyTo(echo.address());
            Bandwidth bandwidth = proxy.toxics().bandwidth("none", ToxicDirection.DOWNSTREAM, 0);
            try (Socket client = connect(proxy)) {
                assertHeld(client);
                bandwidth.setRate(1000);
                assertThat(hear(client, 4)).isEqualTo("held");
            }
        }

        @Test
        void a_reset_of_the_server_is_a_reset_for_the_client() throws IOException {
            try (Upstream crashing = Upstream.thatResets()) {
                Proxy proxy = proxyTo(crashing.address());
                try (Socket client = connect(proxy)) {
                    client.getOutputStream().write("question".getBytes(UTF_8));
                    assertThat(endOf(client)).isEqualTo("reset");
                }
            }
        }
    }
}

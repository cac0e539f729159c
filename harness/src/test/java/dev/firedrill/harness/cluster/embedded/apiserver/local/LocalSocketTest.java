package dev.firedrill.harness.cluster.embedded.apiserver.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.WebSocket;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalSocketTest {
    private final Vertx loops = Vertx.vertx();
    private final AtomicBoolean sourceEnded = new AtomicBoolean();
    private final List<String> heard = new ArrayList<>();
    private final LocalSocket socket = new LocalSocket(
            (sink, context) -> sink.onClose(gone -> sourceEnded.set(true)),
            loops.getOrCreateContext(),
            new WebSocket.Listener() {
                @Override
                public void onMessage(WebSocket from, String text) {
                    heard.add(text);
                }
            },
            left -> {});

    @AfterEach
    void stop() {
        loops.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_client_that_is_closed_ends_its_source_and_hears_no_more() {
        socket.begin();
        socket.abandon();
        socket.write(Buffer.buffer("late"));

        assertThat(sourceEnded).isTrue();
        assertThat(heard).isEmpty();
    }

    @Test
    void nothing_more_is_to_be_written_until_it_is_asked_for() {
        socket.begin();
        assertThat(socket.isFull()).isFalse();
        socket.write(Buffer.buffer("one"));
        assertThat(socket.isFull()).isTrue();
        socket.request();

        assertThat(socket.isFull()).isFalse();
        assertThat(heard).containsExactly("one");
    }
}

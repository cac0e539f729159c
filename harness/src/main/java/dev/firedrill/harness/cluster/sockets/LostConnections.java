package dev.firedrill.harness.cluster.sockets;

import io.vertx.core.http.HttpConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections are lost in a drill; that is what it is for. Whoever waits for an answer is told, and Vert.x would log
 * each as an error besides.
 */
public final class LostConnections {
    private static final Logger LOG = LoggerFactory.getLogger(LostConnections.class);

    private LostConnections() {}

    /** Has the loss of a connection logged for debugging alone. */
    public static void expect(HttpConnection connection) {
        connection.exceptionHandler(
                lost -> LOG.debug("the connection to {} was lost: {}", connection.remoteAddress(), lost.toString()));
    }
}

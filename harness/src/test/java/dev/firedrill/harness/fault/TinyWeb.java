package dev.firedrill.harness.fault;

import com.sun.net.httpserver.HttpServer;
import dev.firedrill.harness.cluster.ImageSource;
import dev.firedrill.harness.cluster.ProgramImage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** The smallest web server, as an image for tests. */
public final class TinyWeb implements ImageSource {
    static final String IMAGE = "firedrill.test/web:1";
    static final int PORT = 8080;

    @Override
    public List<ProgramImage> images() {
        return List.of(ProgramImage.java(IMAGE, List.of(), TinyWeb.class.getName()));
    }

    /** Answers every request with 204. */
    public static void main(String[] arguments) throws IOException {
        String address = System.getenv().getOrDefault("LISTEN_ADDRESS", "0.0.0.0");
        HttpServer server = HttpServer.create(new InetSocketAddress(address, PORT), 50);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }
}

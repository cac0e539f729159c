package dev.firedrill.benchmarks.toxiproxy;

import dev.firedrill.benchmarks.measure.Child;
import dev.firedrill.benchmarks.measure.MeasurementException;
import dev.firedrill.benchmarks.measure.Programs;
import dev.firedrill.benchmarks.measure.Waiting;
import dev.firedrill.harness.cluster.embedded.toxiproxy.Toxiproxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Toxiproxy in a process of its own, and its API. */
final class ToxiproxyProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Pattern LISTEN = Pattern.compile("\"listen\":\"127\\.0\\.0\\.1:(\\d+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Child process;
    private final String api;

    private ToxiproxyProcess(List<String> command) {
        int port = freePort();
        api = "http://127.0.0.1:" + port;
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("-host", "127.0.0.1", "-port", String.valueOf(port)));
        process = Child.logging(whole, Map.of(), Programs.OUTPUT.resolve("toxiproxy.log"));
    }

    /** The embedded server. */
    static ToxiproxyProcess embedded() {
        return started(Programs.java(Toxiproxy.class, List.of()));
    }

    /**
     * The real server.
     *
     * @throws MeasurementException if it is not on the PATH
     */
    static ToxiproxyProcess real() {
        return started(List.of("toxiproxy-server"));
    }

    private static ToxiproxyProcess started(List<String> command) {
        ToxiproxyProcess server = new ToxiproxyProcess(command);
        if (Waiting.forCondition(server::answers, START)) {
            return server;
        }
        server.close();
        throw new MeasurementException("a Toxiproxy does not answer: " + command.get(0));
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new MeasurementException("no free port", e);
        }
    }

    private boolean answers() {
        try {
            return send("GET", "/version", "").contains("version");
        } catch (MeasurementException notYet) {
            return false;
        }
    }

    /** Makes a proxy, in place of the one before, without toxics; where it listens. */
    InetSocketAddress proxyTo(InetSocketAddress upstream) {
        send("DELETE", "/proxies/measured", "");
        String made = send(
                "POST",
                "/proxies",
                "{\"name\":\"measured\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:" + upstream.getPort()
                        + "\"}");
        Matcher listen = LISTEN.matcher(made);
        if (!listen.find()) {
            throw new MeasurementException("no proxy was made: " + made);
        }
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(listen.group(1)));
    }

    /** Adds a toxic to the proxy. */
    void add(String toxic) {
        String added = send("POST", "/proxies/measured/toxics", toxic);
        if (!added.contains("\"toxicity\"")) {
            throw new MeasurementException("no toxic was added: " + added);
        }
    }

    private String send(String method, String path, String body) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(api + path))
                                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new MeasurementException("Toxiproxy does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

package dev.firedrill.harness.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The program whose pods the suite looks at: it tells what it sees from inside, and behaves as it is told. It needs the
 * JDK alone.
 *
 * <p>Arguments: {@code --exit=N} ends at once with that status; {@code --not-ready} is not ready until told;
 * {@code --linger=SECONDS} takes that long to end after SIGTERM.
 */
public final class Specimen {
    private static final int PORT = 8080;
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private volatile boolean ready;
    private volatile boolean alive = true;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /** A connection that is kept open between questions. */
    private record Line(Socket socket, BufferedReader reader) {}

    private Specimen(boolean ready) {
        this.ready = ready;
    }

    public static void main(String... args) throws IOException {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        List<String> options = Arrays.asList(args);
        say("started " + String.join(" ", options));
        String status = option(options, "--exit=");
        if (status != null) {
            System.exit(Integer.parseInt(status));
        }
        String linger = option(options, "--linger=");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(linger == null ? 0 : Long.parseLong(linger))));
        new Specimen(!options.contains("--not-ready")).serve();
    }

    private static @Nullable String option(List<String> options, String prefix) {
        return options.stream()
                .filter(option -> option.startsWith(prefix))
                .map(option -> option.substring(prefix.length()))
                .findFirst()
                .orElse(null);
    }

    private static void end(long seconds) {
        say("ending");
        try {
            NEVER.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(String line) {
        System.out.println(Instant.now() + " " + line);
    }

    private void serve() throws IOException {
        String address = System.getenv("LISTEN_ADDRESS");
        HttpServer server = HttpServer.create(
                address == null ? new InetSocketAddress(PORT) : new InetSocketAddress(address, PORT), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
        say("listening");
    }

    private void answer(HttpExchange exchange) throws IOException {
        int code = 200;
        String body;
        try {
            body = body(exchange.getRequestURI());
        } catch (IOException | RuntimeException e) {
            code = 503;
            body = e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String body(URI request) throws IOException {
        String value = Objects.requireNonNullElse(request.getQuery(), "");
        return switch (request.getPath()) {
            case "/" -> hostname();
            case "/readyz" -> required(ready, "ready");
            case "/healthz" -> required(alive, "alive");
            case "/ready" -> "ready: " + (ready = Boolean.parseBoolean(value));
            case "/alive" -> "alive: " + (alive = Boolean.parseBoolean(value));
            case "/env" -> Objects.requireNonNullElse(System.getenv(value), "");
            case "/file" -> Files.readString(Path.of(value));
            case "/write" -> Files.writeString(Path.of(value), "written").toString();
            case "/resolve" ->
                Arrays.stream(InetAddress.getAllByName(value))
                        .map(InetAddress::getHostAddress)
                        .sorted()
                        .collect(Collectors.joining(","));
            case "/get" -> fetch(URI.create(value));
            case "/open" -> open(value);
            case "/again" -> ask(Objects.requireNonNull(lines.get(value), "not open"));
            case "/say" -> {
                say(value);
                yield "said";
            }
            case "/exit" -> {
                Runtime.getRuntime().halt(Integer.parseInt(value));
                yield "";
            }
            default -> throw new IllegalArgumentException("no such path");
        };
    }

    private static String hostname() {
        return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "");
    }

    private static String required(boolean state, String name) {
        if (!state) {
            throw new IllegalStateException("not " + name);
        }
        return name;
    }

    /** One request on a new connection; {@code refused} and {@code timeout} are answers too. */
    private static String fetch(URI url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("Connection", "close");
        try (var body = connection.getInputStream()) {
            return new String(body.readAllBytes(), UTF_8);
        } catch (ConnectException e) {
            return "refused";
        } catch (SocketTimeoutException e) {
            return "timeout";
        }
    }

    private String open(String target) throws IOException {
        int colon = target.lastIndexOf(':');
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(
                new InetSocketAddress(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1))),
                TIMEOUT_MILLIS);
        Line line = new Line(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)));
        lines.put(target, line);
        return ask(line);
    }

    /** Asks for the name of whoever is at the other end, on a connection that stays open. */
    private static String ask(Line line) throws IOException {
        line.socket().getOutputStream().write("GET / HTTP/1.1\r\nHost: specimen\r\n\r\n".getBytes(UTF_8));
        int length = 0;
        for (String header = line.reader().readLine();
                header != null && !header.isEmpty();
                header = line.reader().readLine()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).trim());
            }
        }
        char[] body = new char[length];
        int read = line.reader().read(body);
        if (read <= 0) {
            throw new IOException("the connection has ended");
        }
        return new String(body, 0, read);
    }
}

package dev.firedrill.harness.cluster.embedded.toxiproxy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What each request of the API does; one at a time. */
final class Api {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    /** What is answered. */
    record Answer(int status, String type, String body) {
        static Answer of(int status, JsonNode body) {
            return new Answer(status, JSON, body.toString());
        }

        static Answer nothing() {
            return new Answer(204, "", "");
        }
    }

    /** What the server says that it is. */
    static final String VERSION = "2.12.0";

    private final Proxies proxies;
    private final Metrics metrics;

    Api(Proxies proxies, Metrics metrics) {
        this.proxies = proxies;
        this.metrics = metrics;
    }

    /** Answers a request; its path begins with a slash. */
    synchronized Answer answer(String method, String path, String userAgent, String body) {
        List<String> parts = Stream.of(path.substring(1).split("/", -1))
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        Set<String> allowed = methods(parts);
        if (allowed.isEmpty()) {
            return new Answer(404, TEXT, "404 page not found\n");
        }
        if (!allowed.contains(method)) {
            return new Answer(405, "", "");
        }
        if (userAgent.startsWith("Mozilla/")) {
            return new Answer(403, TEXT, "User agent not allowed\n");
        }
        try {
            return switch (parts.get(0)) {
                case "version" -> new Answer(200, JSON + ";charset=utf-8", "{\"version\": \"" + VERSION + "\"}\n");
                case "metrics" -> new Answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
                case "reset" -> reset();
                case "populate" -> populate(body);
                default -> parts.size() < 3 ? proxy(method, parts, body) : toxic(method, parts, body);
            };
        } catch (ApiException e) {
            return new Answer(e.status(), TEXT, Requests.answer(e) + "\n");
        }
    }

    /** The methods that a path takes; none if there is no such path. */
    private static Set<String> methods(List<String> parts) {
        String first = parts.get(0);
        if (parts.contains("")) {
            return Set.of();
        }
        if (parts.size() == 1) {
            return switch (first) {
                case "version", "metrics" -> Set.of("GET");
                case "reset", "populate" -> Set.of("POST");
                case "proxies" -> Set.of("GET", "POST");
                default -> Set.of();
            };
        }
        if (!first.equals("proxies") || (parts.size() > 2 && !parts.get(2).equals("toxics"))) {
            return Set.of();
        }
        return switch (parts.size()) {
            case 2, 4 -> Set.of("GET", "POST", "PATCH", "DELETE");
            case 3 -> Set.of("GET", "POST");
            default -> Set.of();
        };
    }

    private Answer reset() {
        proxies.reset();
        return Answer.nothing();
    }

    private Answer populate(String body) {
        Proxies.Population population;
        try {
            population = proxies.populate(Requests.newProxies(body));
        } catch (ApiException e) {
            population = new Proxies.Population(List.of(), List.of(e));
        }
        int status = population.failure().stream()
                .map(ApiException::status)
                .findFirst()
                .orElse(201);
        return Answer.of(status, Requests.answer(population));
    }

    private Answer proxy(String method, List<String> parts, String body) {
        if (parts.size() == 1) {
            return method.equals("GET")
                    ? Answer.of(200, Requests.answer(proxies.all()))
                    : Answer.of(201, Requests.answer(proxies.add(Requests.newProxy(body))));
        }
        Proxy proxy = proxies.named(parts.get(1));
        switch (method) {
            case "GET" -> {}
            case "DELETE" -> {
                proxies.remove(parts.get(1));
                return Answer.nothing();
            }
            default -> proxy.update(Requests.changedProxy(body, proxy.settings()));
        }
        return Answer.of(200, Requests.answer(proxy));
    }

    private Answer toxic(String method, List<String> parts, String body) {
        Toxics toxics = proxies.named(parts.get(1)).toxics();
        if (parts.size() == 3) {
            return Answer.of(
                    200, method.equals("GET") ? Requests.answer(toxics.all()) : Requests.answer(added(toxics, body)));
        }
        NamedToxic toxic = toxics.named(parts.get(3)).orElseThrow(() -> new ApiException(404, "toxic not found"));
        return switch (method) {
            case "GET" -> Answer.of(200, Requests.answer(toxic));
            case "DELETE" -> {
                toxics.remove(toxic);
                yield Answer.nothing();
            }
            default ->
                Answer.of(
                        200,
                        Requests.answer(toxics.update(
                                toxic, Requests.attributes(body, toxic), Requests.toxicity(body, toxic))));
        };
    }

    private static NamedToxic added(Toxics toxics, String body) {
        NamedToxic toxic = Requests.newToxic(body);
        if (toxics.named(toxic.name()).isPresent()) {
            throw new ApiException(409, "toxic already exists");
        }
        toxics.add(toxic);
        return toxic;
    }
}

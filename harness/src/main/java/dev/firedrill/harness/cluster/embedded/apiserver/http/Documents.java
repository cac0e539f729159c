package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.discovery.Discovery;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Answers requests for what the server says about itself. */
final class Documents {
    private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");

    private final Discovery discovery;

    Documents(Discovery discovery) {
        this.discovery = discovery;
    }

    /** What everybody may see; empty for anything else. */
    Optional<Reply> open(String path) {
        if (HEALTH.contains(path) || path.startsWith("/healthz/") || path.startsWith("/livez/")) {
            return Optional.of(Reply.text("ok"));
        }
        return path.equals("/version") ? Optional.of(Reply.json(200, discovery.version())) : Optional.empty();
    }

    /**
     * What those may see who have a token.
     *
     * @throws StatusException (404) for an unknown path
     */
    Reply authenticated(String path, ApiRequest request) {
        if (!request.method().equals("GET")) {
            throw StatusException.methodNotAllowed();
        }
        List<String> steps = List.of(path.substring(1).split("/"));
        Optional<JsonNode> document =
                switch (steps.get(0)) {
                    case "api" ->
                        steps.size() == 1
                                ? Optional.of(discovery.coreVersions())
                                : discovery.resources("", steps.get(1));
                    case "apis" ->
                        switch (steps.size()) {
                            case 1 -> Optional.of(discovery.groups());
                            case 2 -> discovery.group(steps.get(1));
                            default -> discovery.resources(steps.get(1), steps.get(2));
                        };
                    default -> Optional.empty();
                };
        return Reply.json(200, document.orElseThrow(StatusException::noSuchPath));
    }
}

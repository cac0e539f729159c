package dev.firedrill.scenarios.shop;

import dev.firedrill.harness.agent.FetchRequest;
import dev.firedrill.harness.agent.FetchResult;
import dev.firedrill.harness.drill.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Speaks to the shop: through its ingress as its users do, or from inside where only the platform reaches. */
final class ShopClient {
    /** The host under which the ingress serves the dashboard. */
    static final String DASHBOARD = "dashboard.example.com";

    /** The host under which the ingress serves the public api. */
    static final String API = "api.example.com";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Stage stage;

    ShopClient(Stage stage) {
        this.stage = stage;
    }

    /** A request through the ingress' public listener. */
    FetchResult publicly(String method, String host, String path, String body) {
        return stage.agent()
                .fetch(FetchRequest.get("http://ingress:8080" + path)
                        .withHeader("Host", host)
                        .withHeader("Content-Type", "application/json")
                        .sending(method, body)
                        .within(TIMEOUT));
    }

    /** A request to the api's internal plane, past every route. */
    FetchResult internally(String path) {
        return stage.agent()
                .fetch(FetchRequest.get("http://api:8080" + path)
                        .withHeader("Authorization", "Bearer " + internalToken())
                        .within(TIMEOUT));
    }

    private String internalToken() {
        String encoded = stage.cluster()
                .client()
                .secrets()
                .inNamespace(stage.namespace())
                .withName("api-internal-token")
                .require()
                .getData()
                .get("token");
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}

package dev.firedrill.scenarios.shop;

import dev.firedrill.harness.fault.RequestFails;
import dev.firedrill.harness.fault.configuration.WrongConfigValue;
import dev.firedrill.harness.fault.ingress.ResyncRequest;
import dev.firedrill.harness.fault.ingress.WrongBackend;
import dev.firedrill.harness.fault.ingress.WrongHost;
import dev.firedrill.harness.probe.ProbeSpec;
import java.time.Duration;

/** The shop's edges by their stable names, what watches them, and the ways in which they break. */
public final class Edges {
    /** The label value of alerts on the public route to the api. */
    public static final String PUBLIC = "outside->api:8080";

    /** The label value of alerts on the dashboard's internal route to the api. */
    public static final String INTERNAL = "dashboard->api:8080";

    private static final Duration EVERY = Duration.ofMillis(100);

    private Edges() {}

    /** The public api, as anybody reaches it. */
    public static ProbeSpec publicApi() {
        return ProbeSpec.outside("public api")
                .service("ingress", 8080)
                .host(ShopClient.API)
                .path("/v1/status")
                .every(EVERY)
                .build();
    }

    /** The dashboard's page, which answers whatever becomes of its data. */
    public static ProbeSpec dashboardPage() {
        return ProbeSpec.outside("dashboard page")
                .service("ingress", 8080)
                .host(ShopClient.DASHBOARD)
                .path("/")
                .every(EVERY)
                .build();
    }

    /** The dashboard with its data, as its users want it. */
    public static ProbeSpec dashboardData() {
        return data("dashboard data").build();
    }

    /** The same, for users who wait as long as this. */
    public static ProbeSpec dashboardDataWithin(Duration patience) {
        return data("dashboard data, with patience").timeout(patience).build();
    }

    private static ProbeSpec.Builder data(String name) {
        return ProbeSpec.outside(name)
                .service("ingress", 8080)
                .host(ShopClient.DASHBOARD)
                .path("/data/users")
                .withData("/items")
                .every(EVERY);
    }

    /** The wrong value that surfaces only when the controller synchronises anew. */
    public static WrongConfigValue wrongInternalDomain() {
        return WrongConfigValue.in("ingress-class-internal", "upstream-domain", "svc.cluster.internal");
    }

    /** The public route of the api leads to the dashboard. */
    public static WrongBackend publicRouteToTheDashboard() {
        return WrongBackend.of("api", ShopClient.API, "dashboard", 8080, "http://ingress:8080/v1/status");
    }

    /** The public route of the api is for a host that nobody asks for. */
    public static WrongHost publicRouteOfAnotherHost() {
        return WrongHost.of("api", ShopClient.API, "api.example.org", "http://ingress:8080/v1/status");
    }

    /** The controller's resync, which counts as a trigger only if the internal route fails after it. */
    public static ResyncRequest resyncSurfacingTheInternalRoute() {
        return resync().surfacing(RequestFails.to("http://ingress-internal:8081/readyz", Duration.ofSeconds(15))
                .withHeader("Host", "api.internal"));
    }

    /** The controller's resync by itself. */
    public static ResyncRequest resync() {
        return ResyncRequest.to(
                "ingress-controller", "ingress.firedrill.dev/resync-requested-at", "ingress.firedrill.dev/resynced-at");
    }
}

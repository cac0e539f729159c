package dev.firedrill.harness.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends notifications as an Alertmanager does, for tests. */
public final class Alertmanager {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Alertmanager() {}

    /** A notification of one alert, in the form of version 4. */
    public static String firing(String alert, String labels, String startsAt) {
        return group("firing", alert("firing", alert, labels, startsAt, "0001-01-01T00:00:00Z"));
    }

    public static String resolved(String alert, String labels, String startsAt, String endsAt) {
        return group("resolved", alert("resolved", alert, labels, startsAt, endsAt));
    }

    static String alert(String status, String alert, String labels, String startsAt, String endsAt) {
        return """
                {"status":"%s","labels":{"alertname":"%s"%s},
                 "annotations":{"summary":"it is broken"},
                 "startsAt":"%s","endsAt":"%s",
                 "generatorURL":"http://prometheus:9090/graph?g0.expr=up+%%3D%%3D+0&g0.tab=1",
                 "fingerprint":"c1d0b8a8d3ac8ae6"}""".formatted(status, alert, labels.isEmpty() ? "" : "," + labels, startsAt, endsAt);
    }

    static String group(String status, String... alerts) {
        return """
                {"receiver":"pager","status":"%s","alerts":[%s],
                 "groupLabels":{"alertname":"x"},"commonLabels":{"alertname":"x"},"commonAnnotations":{},
                 "externalURL":"http://alertmanager:9093","version":"4",
                 "groupKey":"{}:{alertname=\\"x\\"}","truncatedAlerts":0}""".formatted(status, String.join(",", alerts));
    }

    /** Posts to an agent. Gives the HTTP status. */
    public static int post(int port, String body) throws IOException, InterruptedException {
        return request(port, "POST", "/webhook", body, "").statusCode();
    }

    static HttpResponse<String> request(int port, String method, String path, String body, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("X-Firedrill-Token", token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}

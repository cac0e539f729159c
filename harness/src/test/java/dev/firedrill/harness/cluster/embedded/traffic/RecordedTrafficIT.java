package dev.firedrill.harness.cluster.embedded.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests of {@code requests.jsonl}, with the answers that a Kubernetes 1.34 gave: {@code answers.jsonl}, written
 * on {@code k3s} by {@code -Dfiredrill.traffic=record}. What the embedded cluster answers otherwise is in {@code
 * differences.txt}; anything else fails, and so does a difference that is none any more.
 */
class RecordedTrafficIT {
    private static final Path FILES = Path.of("src/test/resources/dev/firedrill/harness/cluster/embedded/traffic");
    private static final String NAMESPACE = "traffic";
    private static final String RECORDED_ON = "v1.34.";

    @Test
    void answers_are_those_of_kubernetes() throws Exception {
        String kind = System.getProperty(Clusters.PROPERTY, "embedded");
        try (Cluster cluster = Clusters.start(
                kind, ClusterRequest.plain().reportingTo(line -> System.err.println("firedrill: " + line)))) {
            boolean record = "record".equals(System.getProperty("firedrill.traffic"));
            String version = cluster.client().getKubernetesVersion().getGitVersion();
            assumeTrue(version.startsWith(RECORDED_ON), "the answers are of " + RECORDED_ON + "x, this is " + version);
            List<ObjectNode> answers = answers(cluster.client());
            if (record) {
                Files.write(
                        FILES.resolve("answers.jsonl"),
                        answers.stream().map(Answers::written).toList());
                return;
            }
            boolean embedded = cluster.kind().label().equals("embedded");
            assertThat(complaints(answers, embedded ? known() : Map.of())).isEmpty();
        }
    }

    private static List<ObjectNode> answers(KubernetesClient client) throws Exception {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        client.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName("default")
                .waitUntilCondition(Objects::nonNull, 1, TimeUnit.MINUTES);
        List<ObjectNode> answers = new ArrayList<>();
        for (String line : Files.readAllLines(FILES.resolve("requests.jsonl"))) {
            Exchange exchange = Answers.read(line, Exchange.class);
            HttpResponse<String> response = client.getHttpClient()
                    .sendAsync(request(client, exchange), String.class)
                    .get(1, TimeUnit.MINUTES);
            answers.add(Answers.kept(
                    exchange.id(),
                    response.code(),
                    Answers.comparable(Objects.requireNonNullElse(response.body(), ""), exchange.leaveOut())));
        }
        return answers;
    }

    private static HttpRequest request(KubernetesClient client, Exchange exchange) {
        String server = client.getConfiguration().getMasterUrl().replaceFirst("/$", "");
        HttpRequest.Builder request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(server + placed(exchange.path()))
                .header("Accept", exchange.accept());
        boolean bare = exchange.method().equals("GET") || exchange.bodyOrNull() == null;
        return bare
                ? request.method(exchange.method(), null, null).build()
                : request.method(exchange.method(), exchange.type(), placed(exchange.body()))
                        .build();
    }

    private static String placed(String text) {
        return text.replace("{namespace}", NAMESPACE);
    }

    private static List<String> complaints(List<ObjectNode> answers, Map<String, Set<String>> known)
            throws IOException {
        Map<String, JsonNode> recorded = new HashMap<>();
        for (String line : Files.readAllLines(FILES.resolve("answers.jsonl"))) {
            ObjectNode answer = Answers.read(line, ObjectNode.class);
            recorded.put(answer.path("id").asString(), answer);
        }
        List<String> complaints = new ArrayList<>();
        for (ObjectNode answer : answers) {
            String id = answer.path("id").asString();
            Set<String> open = new HashSet<>(known.getOrDefault(id, Set.of()));
            JsonNode there = recorded.get(id);
            if (there == null) {
                complaints.add(id + ": no answer is recorded");
                continue;
            }
            for (String difference : Answers.differences(there, answer)) {
                if (!open.remove(difference.substring(0, difference.indexOf(": ")))) {
                    complaints.add(id + " | " + difference);
                }
            }
            open.forEach(path -> complaints.add(id + " | " + path + " is listed as different, and is not any more"));
        }
        return complaints;
    }

    /** Lines of {@code id | path | why}. */
    private static Map<String, Set<String>> known() throws IOException {
        Map<String, Set<String>> known = new HashMap<>();
        for (String line : Files.readAllLines(FILES.resolve("differences.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                List<String> parts = List.of(line.split(" \\| ", 3));
                known.computeIfAbsent(parts.get(0), id -> new HashSet<>()).add(parts.get(1));
            }
        }
        return known;
    }
}

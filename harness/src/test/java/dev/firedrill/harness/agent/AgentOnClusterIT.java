package dev.firedrill.harness.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentOnClusterIT {
    private static final String NAMESPACE = "agent-it";

    @Test
    void is_deployed_and_reached_through_the_api_server() {
        String kind = System.getProperty("firedrill.cluster", "auto");
        try (Cluster cluster = Clusters.start(kind, ClusterRequest.plain())) {
            cluster.client()
                    .namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(NAMESPACE)
                            .addToLabels("firedrill.dev/allowed", "true")
                            .endMetadata()
                            .build())
                    .create();
            try (AgentClient agent =
                    AgentDeployment.standard().deploy(cluster.client(), NAMESPACE, Timekeeper.system())) {
                receives_through_the_service_that_a_monitor_uses(agent);
                probes_by_names_of_the_cluster(agent);
                reads_on_by_cursor(cluster, agent);
            }
        }
    }

    private static void receives_through_the_service_that_a_monitor_uses(AgentClient agent) {
        FetchResult accepted = agent.fetch(FetchRequest.get("http://pager:8080/webhook")
                .sending("POST", Alertmanager.firing("A", "", "2024-06-03T22:36:00Z")));

        assertThat(accepted.status()).as(accepted.error() + accepted.body()).isEqualTo(200);
        assertThat(agent.inbox(0, Duration.ofSeconds(10)).items()).hasSize(1);
        assertThat(agent.clockOffset().furthest()).isLessThan(Duration.ofSeconds(10));
    }

    private static void probes_by_names_of_the_cluster(AgentClient agent) {
        long cursor = agent.probe(List.of(
                plan("known", "http://pager." + NAMESPACE + ".svc.cluster.local:8080/healthz"),
                plan("unknown", "http://nobody:8080/healthz")));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> agent.samples(cursor, Duration.ofSeconds(1)).items().stream()
                                .map(item -> item.sample().probe() + " "
                                        + item.sample().outcome().label())
                                .distinct()
                                .filter(List.of("known ok", "unknown failed")::contains)
                                .count()
                        == 2);
    }

    private static void reads_on_by_cursor(Cluster cluster, AgentClient agent) {
        InboxPage before = agent.inbox(0, Duration.ZERO);
        FetchResult again = agent.fetch(FetchRequest.get("http://pager:8080/webhook")
                .sending("POST", Alertmanager.firing("B", "", "2024-06-03T22:36:00Z")));
        assertThat(again.status()).isEqualTo(200);

        assertThat(agent.inbox(before.cursor(), Duration.ZERO).items())
                .extracting(item -> item.labels().get("alertname"))
                .containsExactly("B");
        assertThat(cluster.client().pods().inNamespace(NAMESPACE).list().getItems())
                .hasSize(1);
    }

    private static ProbePlan plan(String name, String url) {
        return new ProbePlan(
                name,
                URI.create(url),
                "",
                "GET",
                Map.of(),
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                AnswerExpectation.status(200),
                false);
    }
}

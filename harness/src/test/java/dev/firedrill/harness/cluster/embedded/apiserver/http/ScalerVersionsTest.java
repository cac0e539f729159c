package dev.firedrill.harness.cluster.embedded.apiserver.http;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ScalerVersionsTest {
    private static final String SECOND = """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: api, annotations: {mine: 'yes'}}
            spec:
              maxReplicas: 3
              metrics:
                - type: Resource
                  resource: {name: memory, target: {type: AverageValue, averageValue: 10Mi}}
                - type: ContainerResource
                  containerResource: {name: cpu, container: c, target: {type: Utilization, averageUtilization: 30}}
                - type: Pods
                  pods:
                    metric: {name: rps, selector: {matchLabels: {a: b}}}
                    target: {type: AverageValue, averageValue: '10'}
                - type: Object
                  object:
                    metric: {name: hits}
                    describedObject: {kind: Service, name: s, apiVersion: v1}
                    target: {type: Value, value: '7'}
                - type: External
                  external: {metric: {name: queue}, target: {type: Value, value: '30'}}
                - type: Resource
                  resource: {name: cpu, target: {type: Utilization, averageUtilization: 40}}
              behavior: {scaleDown: {stabilizationWindowSeconds: 60}}
            """;

    @Test
    void the_first_version_shows_the_processor_and_notes_the_rest() {
        ObjectNode first = ScalerVersions.fromStored(object(SECOND));
        assertThat(Json.textAt(first, "apiVersion")).isEqualTo("autoscaling/v1");
        assertThat(first.path("spec")).isEqualTo(object("{maxReplicas: 3, targetCPUUtilizationPercentage: 40}"));
        assertThat(Json.textAt(first, "metadata", "annotations", "mine")).isEqualTo("yes");
        assertThat(Json.textAt(first, "metadata", "annotations", "autoscaling.alpha.kubernetes.io/metrics"))
                .contains("{\"name\":\"memory\",\"targetAverageValue\":\"10Mi\"}")
                .contains("\"metricName\":\"queue\",\"targetValue\":\"30\"");
        assertThat(Json.textAt(first, "metadata", "annotations", "autoscaling.alpha.kubernetes.io/behavior"))
                .isEqualTo("{\"ScaleDown\":{\"StabilizationWindowSeconds\":60}}");
    }

    @Test
    void nothing_is_lost_on_the_way_there_and_back() {
        ObjectNode second = object(SECOND);
        ObjectNode back = ScalerVersions.toStored(ScalerVersions.fromStored(second));
        assertThat(back).isEqualTo(second);
    }

    @Test
    void the_processors_share_is_a_metric_of_the_second_version() {
        ObjectNode second = ScalerVersions.toStored(
                object("{apiVersion: autoscaling/v1, spec: {maxReplicas: 3, targetCPUUtilizationPercentage: 50},"
                        + " status: {currentReplicas: 1, currentCPUUtilizationPercentage: 20}}"));
        assertThat(second).isEqualTo(object("""
                        apiVersion: autoscaling/v2
                        spec:
                          maxReplicas: 3
                          metrics:
                            - type: Resource
                              resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}
                        status:
                          currentReplicas: 1
                          currentMetrics:
                            - {type: Resource, resource: {name: cpu, current: {averageUtilization: 20}}}
                        """));
    }
}

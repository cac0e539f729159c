package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AdmissionTest {
    private static final ResourceKind SERVICES = KindTable.of("", "services");
    private final ServiceAddresses addresses = new ServiceAddresses("127.7");

    private static ObjectNode service(String spec) {
        ObjectNode service = object("{metadata: {name: s}, spec: " + spec + "}");
        Defaults.apply(SERVICES, service);
        return service;
    }

    private String address(ObjectNode service) {
        addresses.allocate(SERVICES, service);
        return Json.textAt(service, "spec", "clusterIP");
    }

    @Test
    void addresses_are_taken_in_turn_and_a_freed_one_comes_last() {
        ObjectNode first = service("{ports: [{port: 80}]}");
        assertThat(address(first)).isEqualTo("127.7.1.1");
        addresses.free(first);
        assertThat(address(service("{ports: [{port: 80}]}"))).isEqualTo("127.7.1.2");
    }

    @Test
    void an_address_can_be_asked_for_once() {
        assertThat(address(service("{clusterIP: 127.7.9.9}"))).isEqualTo("127.7.9.9");
        assertThatThrownBy(() -> address(service("{clusterIP: 127.7.9.9}")))
                .isInstanceOf(StatusException.class)
                .hasMessageContaining("provided IP is already allocated");
        assertThatThrownBy(() -> address(service("{clusterIP: 10.0.0.1}")))
                .hasMessageContaining("is not in the valid range");
    }

    @Test
    void a_pool_ends() {
        AddressPool pool = new AddressPool("127.7");
        for (int i = 0; i < 127 * 254; i++) {
            pool.take();
        }
        assertThatThrownBy(pool::take).hasMessage("all 32258 Service addresses are taken");
        pool.free("127.7.3.4");
        assertThat(pool.take()).isEqualTo("127.7.3.4");
    }

    @Test
    void headless_and_external_services_have_none() {
        assertThat(address(service("{clusterIP: None}"))).isEqualTo("None");
        assertThat(address(service("{type: ExternalName, externalName: x}"))).isEmpty();
    }

    @Test
    void a_node_port_stays_when_a_service_changes_and_goes_with_its_type() {
        ObjectNode before = service("{type: NodePort, ports: [{port: 80}]}");
        addresses.allocate(SERVICES, before);
        assertThat(before.path("spec").path("ports").get(0).path("nodePort").intValue())
                .isEqualTo(30_000);
        ObjectNode after = service("{type: NodePort, ports: [{port: 80, targetPort: 81}]}");
        addresses.reallocate(SERVICES, before, after);
        assertThat(after.path("spec").path("ports").get(0).path("nodePort").intValue())
                .isEqualTo(30_000);
        assertThat(Json.textAt(after, "spec", "clusterIP")).isEqualTo(Json.textAt(before, "spec", "clusterIP"));
    }

    @Test
    void a_template_of_a_claim_is_a_claim() {
        ObjectNode set = object("{spec: {volumeClaimTemplates: [{metadata: {name: v}}]}}");
        Defaults.apply(KindTable.of("apps", "statefulsets"), set);

        assertThat(Json.text(set.path("spec").path("volumeClaimTemplates").path(0)))
                .isEqualTo("{\"metadata\":{\"name\":\"v\"},\"apiVersion\":\"v1\","
                        + "\"kind\":\"PersistentVolumeClaim\",\"spec\":{\"volumeMode\":\"Filesystem\"},"
                        + "\"status\":{\"phase\":\"Pending\"}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        hostPath: {path: /x} | hostPath | {"path":"/x","type":""}
        iscsi: {iqn: a}      | iscsi    | {"iqn":"a","iscsiInterface":"default"}
        rbd: {image: a}      | rbd      | {"image":"a","pool":"rbd","user":"admin","keyring":"/etc/ceph/keyring"}
        scaleIO: {system: a} | scaleIO  | {"system":"a","storageMode":"ThinProvisioned","fsType":"xfs"}
        """)
    void a_volume_is_pending_and_its_source_complete(String source, String field, String complete) {
        ObjectNode volume = object("{spec: {" + source + "}}");
        Defaults.apply(KindTable.of("", "persistentvolumes"), volume);

        assertThat(Json.textAt(volume, "status", "phase")).isEqualTo("Pending");
        assertThat(Json.text(volume.path("spec").path(field))).isEqualTo(complete);
    }

    @Test
    void a_node_shows_what_its_kubelet_has_not_told_yet() {
        ObjectNode node = object("{metadata: {name: n}}");
        EmptyFields.show(KindTable.of("", "nodes"), node);

        assertThat(node.path("spec").isObject()).isTrue();
        assertThat(Json.text(node.path("status").path("daemonEndpoints")))
                .isEqualTo("{\"kubeletEndpoint\":{\"Port\":0}}");
        assertThat(node.path("status").path("nodeInfo").propertyNames()).hasSize(10);
        assertThat(Json.textAt(node, "status", "nodeInfo", "kubeletVersion")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "api, Always",
        "api:latest, Always",
        "api:1, IfNotPresent",
        "host:5000/api, Always",
        "host:5000/api:1, IfNotPresent",
        "api@sha256:abc, IfNotPresent"
    })
    void an_image_without_a_fixed_tag_is_always_pulled(String image, String policy) {
        ObjectNode pod = object("{spec: {containers: [{name: a, image: '" + image + "'}]}}");
        Defaults.apply(KindTable.of("", "pods"), pod);
        assertThat(Json.textAt(pod.path("spec").path("containers").get(0), "imagePullPolicy"))
                .isEqualTo(policy);
    }

    @Test
    void string_data_becomes_data() {
        ObjectNode secret = object("{stringData: {a: b}, data: {c: ZA==}}");
        Defaults.apply(KindTable.of("", "secrets"), secret);
        assertThat(secret).isEqualTo(object("{data: {c: ZA==, a: Yg==}, type: Opaque}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{containers: [{name: a}]} | BestEffort",
                "{containers: [{name: a, resources: {requests: {cpu: '1'}}}]} | Burstable",
                "{containers: [{name: a, resources: {requests: {cpu: '1', memory: 1Gi}, limits: {cpu: '1', "
                        + "memory: 1Gi}}}]} "
                        + "| Guaranteed"
            })
    void the_quality_of_service_follows_from_what_is_asked_for(String spec, String expected) {
        assertThat(QualityOfService.of(object(spec))).isEqualTo(expected);
    }

    @Test
    void the_limits_of_a_container_complete_each_other() {
        ObjectNode range = object(
                "{spec: {limits: [{type: Container, max: {cpu: '2'}, default: {memory: 1Gi}, min: {memory: 1Mi}}]}}");
        Defaults.apply(KindTable.of("", "limitranges"), range);
        JsonNode limit = range.at("/spec/limits/0");
        assertThat(limit.path("default")).isEqualTo(object("{memory: 1Gi, cpu: '2'}"));
        assertThat(limit.path("defaultRequest")).isEqualTo(object("{memory: 1Gi, cpu: '2'}"));
    }

    @Test
    void what_is_said_stays() {
        ObjectNode deployment = object("{spec: {replicas: 0, strategy: {type: Recreate}, template: {spec: {}}}}");
        Defaults.apply(KindTable.of("apps", "deployments"), deployment);
        assertThat(deployment.path("spec").path("replicas").intValue()).isZero();
        assertThat(deployment.path("spec").path("strategy")).isEqualTo(object("{type: Recreate}"));
    }
}

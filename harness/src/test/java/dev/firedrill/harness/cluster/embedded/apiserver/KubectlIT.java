package dev.firedrill.harness.cluster.embedded.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with an unmodified kubectl. Each test has a server of its own. */
class KubectlIT {
    private static final String SHOP = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {app: web}}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: main
                    image: example/web:1
                    ports: [{containerPort: 8080}]
                    env: [{name: A, value: "1"}, {name: B, value: "2"}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              selector: {app: web}
              ports: [{port: 80, targetPort: 8080}]
            """;

    private Path directory;
    private ApiServer server;
    private Kubectl kubectl;

    @BeforeEach
    void start(@TempDir Path folder) {
        directory = folder;
        server = ApiServer.start(ApiServerOptions.at("127.0.0.1", "kubelet", directory.resolve("server")));
        kubectl = Kubectl.orAbort(server, directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String ok(String... arguments) {
        Kubectl.Output output = kubectl.run(arguments);
        assertThat(output.exit())
                .as("kubectl %s: %s", String.join(" ", arguments), output.all())
                .isZero();
        return output.all();
    }

    private String refused(String... arguments) {
        Kubectl.Output output = kubectl.run(arguments);
        assertThat(output.exit())
                .as("kubectl %s: %s", String.join(" ", arguments), output.all())
                .isNotZero();
        return output.all();
    }

    @Test
    void manifests_are_applied_shown_and_described() {
        String file = kubectl.manifest("shop.yaml", SHOP);
        assertThat(ok("apply", "-f", file)).contains("deployment.apps/web created", "service/web created");
        assertThat(ok("apply", "-f", file)).contains("deployment.apps/web unchanged", "service/web unchanged");
        assertThat(ok("get", "deploy,svc", "-o", "wide"))
                .contains("UP-TO-DATE", "example/web:1", "app=web", "80/TCP")
                .contains("127.0.1.");
        assertThat(ok("describe", "deploy", "web")).contains("RollingUpdate", "25% max unavailable", "8080/TCP");
        assertThat(ok("describe", "svc", "web")).contains("Selector:                 app=web", "TargetPort:");
        assertThat(ok("get", "all", "-l", "app=web", "-o", "name"))
                .contains("deployment.apps/web")
                .doesNotContain("service/web");
        assertThat(ok("get", "svc", "--field-selector", "metadata.name=web", "-o", "name"))
                .isEqualTo("service/web\n");
    }

    @Test
    void what_is_left_out_of_a_manifest_goes_from_the_object() {
        String file = kubectl.manifest("shop.yaml", SHOP);
        ok("apply", "-f", file);
        kubectl.manifest(
                "shop.yaml", SHOP.replace(", {name: B, value: \"2\"}", "").replace("web:1", "web:2"));
        assertThat(kubectl.run("diff", "-f", file).out())
                .contains("-        - name: B", "+        image: example/web:2");
        assertThat(ok("apply", "-f", file)).contains("deployment.apps/web configured");
        assertThat(ok("get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[0].env[*].name}"))
                .isEqualTo("A");
        assertThat(ok("get", "deploy", "web", "-o", "jsonpath={.metadata.generation}"))
                .isEqualTo("2");
    }

    @Test
    void server_side_apply_names_who_is_in_the_way() {
        String file = kubectl.manifest("shop.yaml", SHOP);
        assertThat(ok("apply", "--server-side", "-f", file)).contains("deployment.apps/web serverside-applied");
        ok("scale", "deploy", "web", "--replicas=5");
        assertThat(refused("apply", "--server-side", "-f", file))
                .contains("Apply failed with 1 conflict: conflict with \"kubectl\"", ".spec.replicas");
        ok("apply", "--server-side", "--force-conflicts", "-f", file);
        assertThat(ok("get", "deploy", "web", "-o", "jsonpath={.spec.replicas}"))
                .isEqualTo("2");
    }

    @Test
    void a_list_in_a_file_is_applied_and_checked() {
        String list = """
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {a: "1"}}
                - {apiVersion: v1, kind: ConfigMap, metadata: {name: two}, data: {a: "2"}}
                """;

        assertThat(ok("apply", "-f", kubectl.manifest("list.yaml", list)))
                .contains("configmap/one created", "configmap/two created");
        assertThat(refused("create", "-f", kubectl.manifest("bad.yaml", list.replace("data:", "dota:"))))
                .contains("ValidationError(ConfigMap)", "unknown field \"dota\"");
    }

    @Test
    void a_misspelt_field_is_refused() {
        String file = kubectl.manifest("bad.yaml", SHOP.replace("replicas: 2", "replica: 2"));
        assertThat(refused("apply", "-f", file)).contains("strict decoding error: unknown field \"spec.replica\"");
        assertThat(ok("apply", "--validate=warn", "-f", file)).contains("Warning: unknown field \"spec.replica\"");
        assertThat(refused("apply", "--server-side", "-f", file))
                .contains("failed to create typed patch object", ".spec.replica: field not declared in schema");
    }

    @Test
    void an_invalid_object_is_refused_in_kubernetes_words() {
        String file = kubectl.manifest(
                "bad.yaml", SHOP.replace("labels: {app: web}}\n    spec", "labels: {app: x}}\n    spec"));
        assertThat(refused("apply", "-f", file))
                .contains("The Deployment \"web\" is invalid")
                .contains("`selector` does not match template `labels`");
    }

    @Test
    void objects_are_changed_in_every_way() {
        ok("apply", "-f", kubectl.manifest("shop.yaml", SHOP));
        ok("label", "deploy", "web", "tier=front");
        ok("annotate", "deploy", "web", "note=hello");
        ok("scale", "deploy", "web", "--replicas=4");
        assertThat(ok("get", "deploy", "-l", "tier in (front)", "-o", "jsonpath={.items[*].spec.replicas}"))
                .isEqualTo("4");
        ok(
                "patch",
                "deploy",
                "web",
                "-p",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"side\",\"image\":\"s\"}]}}}}");
        ok("patch", "deploy", "web", "--type=merge", "-p", "{\"spec\":{\"paused\":true}}");
        ok("patch", "deploy", "web", "--type=json", "-p", "[{\"op\":\"remove\",\"path\":\"/spec/paused\"}]");
        ok("set", "image", "deploy/web", "main=example/web:3");
        assertThat(ok("get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[*].image}"))
                .isEqualTo("s example/web:3");
        ok("rollout", "restart", "deploy", "web");
        Kubectl.Output edited =
                kubectl.run(Map.of("EDITOR", "sed -i 's/replicas: 4/replicas: 6/'"), "edit", "deploy", "web");
        assertThat(edited.exit()).as(edited.all()).isZero();
        assertThat(ok("get", "deploy", "web", "-o", "jsonpath={.spec.replicas}"))
                .isEqualTo("6");
    }

    @Test
    void objects_are_created_by_hand() {
        ok("create", "configmap", "colours", "--from-literal=sky=blue");
        ok("create", "secret", "generic", "key", "--from-literal=p=q");
        ok("create", "namespace", "shop");
        ok("create", "serviceaccount", "default");
        ok("create", "deployment", "api", "--image=example/api", "--replicas=0");
        ok("create", "service", "clusterip", "api", "--tcp=80:8080");
        ok("create", "ingress", "api", "--class=public", "--rule=example.com/*=api:80");
        ok("create", "role", "reader", "--verb=get", "--resource=pods");
        ok("create", "job", "once", "--image=example/job");
        ok("run", "pod", "--image=example/pod");
        assertThat(ok("get", "configmap", "colours", "-o", "jsonpath={.data.sky}"))
                .isEqualTo("blue");
        assertThat(ok("get", "deploy", "api", "-o", "jsonpath={.spec.replicas}"))
                .isEqualTo("0");
        assertThat(ok("get", "ingress", "api")).contains("public", "example.com");
        assertThat(ok("create", "token", "default").split("\\.")).hasSize(3);
        assertThat(ok("describe", "pod", "pod"))
                .contains("Service Account:  default", "BestEffort", "kube-api-access-");
        assertThat(refused("create", "configmap", "colours")).contains("configmaps \"colours\" already exists");
    }

    @Test
    void objects_are_deleted_and_waited_for() {
        ok("apply", "-f", kubectl.manifest("shop.yaml", SHOP));
        assertThat(ok("delete", "-f", kubectl.manifest("shop.yaml", SHOP), "--timeout=60s"))
                .contains("deployment.apps \"web\" deleted", "service \"web\" deleted");
        assertThat(refused("get", "deploy", "web")).contains("Error from server (NotFound): deployments.apps \"web\"");
        ok("wait", "--for=delete", "deploy/web", "--timeout=30s");
    }

    @Test
    void a_watch_prints_every_change() throws Exception {
        Path out = directory.resolve("watch");
        Process watch = kubectl.start(Map.of(), out, directory.resolve("watch.err"), "get", "configmap", "-w");
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                kubectl.run("create", "configmap", "first");
                return Files.readString(out).contains("first");
            });
            ok("create", "configmap", "second", "--from-literal=a=b");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(Files.readString(out)).containsPattern("second +1 "));
        } finally {
            watch.destroy();
        }
    }

    @Test
    void rollouts_have_a_status_and_a_history() {
        ok("apply", "-f", kubectl.manifest("shop.yaml", SHOP));
        ok(
                "patch",
                "deploy",
                "web",
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"observedGeneration\":1,\"replicas\":2,\"updatedReplicas\":2,\"availableReplicas\":2,"
                        + "\"readyReplicas\":2}}");
        assertThat(ok("rollout", "status", "deploy", "web", "--timeout=60s")).contains("successfully rolled out");
        String uid = ok("get", "deploy", "web", "-o", "jsonpath={.metadata.uid}");
        for (int revision = 1; revision <= 2; revision++) {
            ok("apply", "-f", kubectl.manifest("rs.yaml", replicaSet(revision, uid)));
        }
        assertThat(ok("rollout", "history", "deploy", "web")).contains("REVISION", "1 ", "2 ");
        ok("rollout", "undo", "deploy", "web", "--to-revision=1");
        assertThat(ok("get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}"))
                .isEqualTo("example/web:r1");
    }

    private static String replicaSet(int revision, String owner) {
        return """
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata:
                  name: web-%1$d
                  labels: {app: web, pod-template-hash: h%1$d}
                  annotations: {deployment.kubernetes.io/revision: "%1$d"}
                  ownerReferences:
                  - {apiVersion: apps/v1, kind: Deployment, name: web, uid: "%2$s", controller: true}
                spec:
                  selector: {matchLabels: {app: web, pod-template-hash: h%1$d}}
                  template:
                    metadata: {labels: {app: web, pod-template-hash: h%1$d}}
                    spec: {containers: [{name: main, image: "example/web:r%1$d"}]}
                """.formatted(revision, owner);
    }

    @Test
    void the_server_explains_itself() {
        assertThat(ok("api-resources")).contains("deployments", "deploy", "apps/v1", "EndpointSlice");
        assertThat(ok("explain", "deployment.spec.strategy")).contains("rollingUpdate", "<RollingUpdateDeployment>");
        assertThat(ok("version")).contains("Server Version: v1.34");
        assertThat(ok("cluster-info")).contains("is running at");
        assertThat(ok("auth", "can-i", "create", "pods")).contains("yes");
        assertThat(ok("auth", "whoami")).contains("kubernetes-admin");
        assertThat(ok("auth", "whoami", "--as=ann", "--as-group=ops"))
                .contains("ann", "[ops system:authenticated]")
                .doesNotContain("kubernetes-admin");
        assertThat(ok("auth", "whoami", "--as=system:serviceaccount:shop:api"))
                .contains("[system:serviceaccounts system:serviceaccounts:shop system:authenticated]");
        assertThat(ok("get", "--raw", "/readyz")).isEqualTo("ok");
    }

    @Test
    void what_was_applied_on_the_clients_side_is_taken_over_and_handed_back() {
        String before = kubectl.manifest("before.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: taken}
                data: {kept: a, dropped: b}
                """);
        String after = kubectl.manifest("after.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: taken}
                data: {kept: c}
                """);
        ok("apply", "-f", before);
        assertThat(ok("apply", "--server-side", "-f", after)).contains("taken serverside-applied");
        assertThat(ok("get", "cm", "taken", "-o", "jsonpath={.data}")).isEqualTo("{\"kept\":\"c\"}");
        ok("apply", "-f", before);
        assertThat(ok("get", "cm", "taken", "-o", "jsonpath={.data.dropped}")).isEqualTo("b");
    }

    @Test
    void a_request_for_a_certificate_waits_for_whoever_approves_it() {
        String request = Base64.getEncoder()
                .encodeToString("-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n"
                        .getBytes(StandardCharsets.US_ASCII));
        ok("create", "-f", kubectl.manifest("csr.yaml", """
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata: {name: ann}
                spec: {request: %s, signerName: example.com/serving, usages: [digital signature]}
                """.formatted(request)));
        assertThat(ok("get", "csr", "ann", "--no-headers")).contains("example.com/serving", "Pending");
        assertThat(ok("get", "csr", "-o", "name", "--field-selector", "spec.signerName=example.com/serving"))
                .contains("/ann");
        assertThat(ok("get", "csr", "-o", "name", "--field-selector", "spec.signerName=example.com/other"))
                .isEmpty();
        ok("certificate", "approve", "ann");
        assertThat(ok("get", "csr", "ann", "--no-headers")).contains("Approved");
    }

    @Test
    void an_autoscaler_may_be_written_in_the_older_version() {
        ok("apply", "-f", kubectl.manifest("hpa.yaml", """
                apiVersion: autoscaling/v1
                kind: HorizontalPodAutoscaler
                metadata: {name: api}
                spec:
                  maxReplicas: 4
                  targetCPUUtilizationPercentage: 65
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
                """));
        assertThat(ok("get", "hpa", "api", "--no-headers")).contains("Deployment/api", "<unknown>/65%");
        assertThat(ok(
                        "get",
                        "horizontalpodautoscalers.v1.autoscaling",
                        "api",
                        "-o",
                        "jsonpath={.spec.targetCPUUtilizationPercentage}"))
                .isEqualTo("65");
    }

    @Test
    void what_only_k3s_has_is_refused_with_that_advice() {
        String crd = kubectl.manifest("crd.yaml", """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: toys.example.com}
                spec: {}
                """);
        assertThat(refused("apply", "-f", crd)).contains("the embedded cluster has no custom resources; use k3s");
        assertThat(ok("get", "crd", "-o", "name")).isEmpty();
        ok("create", "serviceaccount", "default");
        ok("run", "pod", "--image=example/pod");
        ok("run", "held", "--image=i", "--overrides={\"spec\":{\"schedulingGates\":[{\"name\":\"a.b/c\"}]}}");
        assertThat(ok("get", "pod", "held", "--no-headers")).contains("SchedulingGated");
        assertThat(refused("exec", "pod", "--", "date")).contains("use k3s");
        assertThat(refused("port-forward", "pod/pod", "8080")).containsAnyOf("use k3s", "not running");
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.patch.MergePatch;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ValidationTest {
    private static final ResourceKind DEPLOYMENTS = KindTable.of("apps", "deployments");
    private static final ResourceKind SERVICES = KindTable.of("", "services");
    private static final ResourceKind PODS = KindTable.of("", "pods");
    private static final String DEPLOYMENT = """
            metadata: {name: api}
            spec:
              selector: {matchLabels: {app: api}}
              template:
                metadata: {labels: {app: api}}
                spec: {containers: [{name: main, image: 'api:1'}]}
            """;
    private static final String SERVICE = "{metadata: {name: api}, spec: {ports: [{port: 80, protocol: TCP}]}}";

    private static ObjectNode patched(String base, String patch) {
        return (ObjectNode) MergePatch.apply(object(base), object(patch));
    }

    @Test
    void a_good_object_passes() {
        assertThatCode(() -> Validation.create(DEPLOYMENTS, object(DEPLOYMENT))).doesNotThrowAnyException();
        assertThatCode(() -> Validation.create(SERVICES, object(SERVICE))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
        {metadata: {name: Api}} | metadata.name | Invalid value: "Api": a lowercase RFC 1123 subdomain must
        {metadata: {labels: {a b: c}}} | metadata.labels | Invalid value: "a b": name part must consist of
        {metadata: {labels: {a: 'b c'}}} | metadata.labels | Invalid value: "b c": a valid label must be
        {spec: {replicas: -1}} | spec.replicas | Invalid value: -1: must be greater than or equal to 0
        {spec: {selector: null}} | spec.selector | Required value
        {spec: {selector: {matchLabels: null}}} | spec.selector | Invalid value: {}: empty selector is invalid
        {spec: {template: {metadata: {labels: {app: other}}}}} | spec.template.metadata.labels \
        | Invalid value: {"app":"other"}: `selector` does not match template `labels`
        {spec: {strategy: {type: Blue}}} | spec.strategy \
        | Unsupported value: "Blue": supported values: "Recreate", "RollingUpdate"
        {spec: {template: {spec: {containers: []}}}} | spec.template.spec.containers | Required value
        {spec: {template: {spec: {containers: [{name: a}]}}}} | spec.template.spec.containers[0].image \
        | Required value
        {spec: {template: {spec: {containers: [{name: a, image: i}, {name: a, image: i}]}}}} \
        | spec.template.spec.containers[1].name | Duplicate value: "a"
        {spec: {template: {spec: {containers: [{name: a, image: i, ports: [{containerPort: 70000}]}]}}}} \
        | spec.template.spec.containers[0].ports[0].containerPort | Invalid value: 70000: must be between 1
        {spec: {template: {spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /x}]}]}}}} \
        | spec.template.spec.containers[0].volumeMounts[0].name | Not found: "v"
        {spec: {template: {spec: {containers: [{name: a, image: i, readinessProbe: {periodSeconds: 1}}]}}}} \
        | spec.template.spec.containers[0].readinessProbe | Required value: must specify a handler type
        {spec: {selector: null}} | spec.template.metadata.labels \
        | Invalid value: {"app":"api"}: `selector` does not match template `labels`
        {spec: {selector: null, template: {metadata: null}}} | spec.template.metadata.labels | Invalid value: null:
        {spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: x%}}}} \
        | spec.strategy.rollingUpdate.maxSurge | Invalid value: "x%": a valid percent string must be a numeric
        {spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 101%}}}} \
        | spec.strategy.rollingUpdate.maxUnavailable | Invalid value: "101%": must not be greater than 100%
        {spec: {template: {spec: {restartPolicy: Never}}}} | spec.template.spec.restartPolicy \
        | Unsupported value: "Never": supported values: "Always"
        """)
    void a_bad_deployment_is_refused_with_the_field_and_the_reason(String patch, String field, String message) {
        assertThatThrownBy(() -> Validation.create(DEPLOYMENTS, patched(DEPLOYMENT, patch)))
                .isInstanceOfSatisfying(StatusException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(422);
                    assertThat(refused.reason()).isEqualTo("Invalid");
                    assertThat(Json.arrayAt(refused.status(), "details", "causes"))
                            .anySatisfy(cause -> {
                                assertThat(Json.textAt(cause, "field")).isEqualTo(field);
                                assertThat(Json.textAt(cause, "message")).startsWith(message);
                            });
                })
                .hasMessageStartingWith("Deployment.apps \"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
        {metadata: {name: 9lives}} | metadata.name: Invalid value: "9lives": a DNS-1035 label must
        {spec: {ports: null}} | spec.ports: Required value
        {spec: {ports: [{port: 0}]}} | spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
        {spec: {ports: [{port: 1}, {port: 2}]}} | [spec.ports[0].name: Required value, spec.ports[1].name: Required
        {spec: {type: Magic}} | spec.type: Unsupported value: "Magic"
        {spec: {type: ExternalName}} | spec.externalName: Required value
        {spec: {type: ExternalName, externalName: a_b}} | spec.externalName: Invalid value: "a_b": a lowercase RFC
        {spec: {type: ExternalName, externalName: x, clusterIP: 1.2.3.4}} \
        | spec.clusterIPs: Forbidden: may not be set for ExternalName services
        {spec: {ports: [{port: 80, targetPort: Bad_Port}]}} \
        | spec.ports[0].targetPort: Invalid value: "Bad_Port": must contain only alpha-numeric characters (a-z, 0-9)
        {spec: {ports: [{port: 80, targetPort: '80'}]}} \
        | spec.ports[0].targetPort: Invalid value: "80": must contain at least one letter (a-z)
        {spec: {type: ClusterIP, ports: [{port: 80, nodePort: 30000}]}} \
        | spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'
        {spec: {clusterIP: 1.2.3}} | spec.clusterIPs[0]: Invalid value: "1.2.3": must be a valid IP address
        {spec: {clusterIP: None, type: NodePort}} \
        | spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services
        {spec: {clusterIPs: [1.2.3.4]}} | spec.clusterIPs: Invalid value: ["1.2.3.4"]: must be empty when `clusterIP`
        {spec: {clusterIP: 1.2.3.4, clusterIPs: [1.2.3.5]}} \
        | spec.clusterIPs: Invalid value: ["1.2.3.5"]: first value must match `clusterIP`
        {spec: {type: ClusterIP, externalTrafficPolicy: Local}} \
        | spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services
        {spec: {internalTrafficPolicy: X}} | spec.internalTrafficPolicy: Unsupported value: "X": supported values:
        {spec: {type: ClusterIP, loadBalancerClass: x}} \
        | spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'
        {spec: {sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 0}}}} \
        | spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than
        {spec: {externalIPs: [x]}} | spec.externalIPs[0]: Invalid value: "x": must be a valid IP address
        {spec: {externalIPs: [127.0.0.1]}} | spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback
        {spec: {externalIPs: [0.0.0.0]}} \
        | spec.externalIPs[0]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)
        {spec: {type: NodePort, healthCheckNodePort: 31000}} \
        | spec.healthCheckNodePort: Invalid value: 31000: may only be set when `type` is 'LoadBalancer' and
        {spec: {type: LoadBalancer, externalTrafficPolicy: Cluster, healthCheckNodePort: 31000}} \
        | spec.healthCheckNodePort: Invalid value: 31000: may only be set when `type` is 'LoadBalancer' and
        {spec: {type: LoadBalancer, loadBalancerClass: Bad Class}} \
        | spec.loadBalancerClass: Invalid value: "Bad Class": name part must consist of alphanumeric characters
        {spec: {type: ClusterIP, loadBalancerSourceRanges: [1.2.3.0/24]}} \
        | spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'
        {spec: {type: LoadBalancer, loadBalancerSourceRanges: [1.2.3.4]}} \
        | spec.LoadBalancerSourceRanges[0]: Invalid value: "1.2.3.4": must be a valid CIDR value, (e.g. 10.9.8.0/24
        {spec: {trafficDistribution: X}} \
        | spec.trafficDistribution: Unsupported value: "X": supported values: "PreferClose", "PreferSameZone"
        {spec: {ipFamilyPolicy: X}} | spec.ipFamilyPolicy: Unsupported value: "X": supported values: "PreferDualStack"
        {spec: {ipFamilyPolicy: RequireDualStack}} \
        | spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services
        {spec: {ipFamilies: [IPv4, IPv4]}} | spec.ipFamilies[1]: Duplicate value: "IPv4"
        {spec: {ipFamilies: [IPv6]}} | spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster
        """)
    void a_bad_service_is_refused(String patch, String message) {
        assertThatThrownBy(() -> Validation.create(SERVICES, patched(SERVICE, patch)))
                .hasMessageContaining(" is invalid: " + message);
    }

    @Test
    void what_cannot_change_is_held() {
        assertThatThrownBy(() -> Validation.update(
                        DEPLOYMENTS,
                        object(DEPLOYMENT),
                        patched(
                                DEPLOYMENT,
                                "{spec: {selector: {matchLabels: {app: b}}, "
                                        + "template: {metadata: {labels: {app: b}}}}}")))
                .hasMessage("Deployment.apps \"api\" is invalid: spec.selector: Invalid value: "
                        + "{\"matchLabels\":{\"app\":\"b\"}}: field is immutable");
    }

    @Test
    void a_pod_may_change_its_image_and_nothing_else_that_matters() {
        String pod = "{metadata: {name: p}, spec: {containers: [{name: a, image: 'i:1'}]}}";
        assertThatCode(() -> Validation.update(PODS, object(pod), object(pod.replace("i:1", "i:2"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Validation.update(
                        PODS, object(pod), patched(pod, "{spec: {containers: [{name: a, image: 'i:1', tty: true}]}}")))
                .hasMessageContaining("spec: Forbidden: pod updates may not change fields other than");
        assertThatThrownBy(() -> Validation.update(
                        PODS,
                        object(pod),
                        patched(pod, "{spec: {containers: [{name: a, image: 'i:1'}, {name: b, image: 'i:1'}]}}")))
                .hasMessageContaining("spec.containers: Forbidden: pod updates may not add or remove containers");
    }

    @Test
    void an_immutable_configmap_keeps_its_data() {
        ResourceKind maps = KindTable.of("", "configmaps");
        String map = "{metadata: {name: m}, immutable: true, data: {a: b}}";
        assertThatThrownBy(() -> Validation.update(maps, object(map), patched(map, "{data: {a: c}}")))
                .hasMessageContaining("data: Forbidden: field is immutable when `immutable` is set");
    }

    @Test
    void an_ingress_path_needs_its_type_and_backend() {
        ResourceKind ingresses = KindTable.of("networking.k8s.io", "ingresses");
        assertThatThrownBy(() -> Validation.create(
                        ingresses, object("{metadata: {name: i}, spec: {rules: [{http: {paths: [{path: /}]}}]}}")))
                .hasMessageContaining(
                        "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified")
                .hasMessageContaining(
                        "spec.rules[0].http.paths[0].backend: Invalid value: \"\": resource or service backend");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
        {ports: [{containerPort: 0}]} | ports[0].containerPort: Required value
        {ports: [{containerPort: 1, name: A--b}]} | [spec.containers[0].ports[0].name: Invalid value: "A--b": must \
        contain only alpha-numeric characters (a-z, 0-9), and hyphens (-), spec.containers[0].ports[0].name: Invalid \
        value: "A--b": must not contain consecutive hyphens]
        {ports: [{containerPort: 1, name: sixteen-letters-}]} | must be no more than 15 characters
        {ports: [{containerPort: 1, name: '1'}]} | Invalid value: "1": must contain at least one letter (a-z)
        {ports: [{containerPort: 1, name: a-}]} | Invalid value: "a-": must not begin or end with a hyphen
        {ports: [{containerPort: 1, name: a}, {containerPort: 2, name: a}]} | ports[1].name: Duplicate value: "a"
        {ports: [{containerPort: 1, protocol: X}]} | Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"
        {image: ' x'} | image: Invalid value: " x": must not have leading or trailing whitespace
        {env: [{name: A, valueFrom: {}}]} | env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`,
        {env: [{name: A, valueFrom: {fieldRef: {fieldPath: nope}}}]} | env[0].valueFrom.fieldRef.fieldPath: \
        Invalid value: "nope": error converting fieldPath: field label not supported: nope
        {env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.phase}}}]} \
        | Unsupported value: "status.phase": supported values: "metadata.name", "metadata.namespace"
        {env: [{name: A, valueFrom: {secretKeyRef: {name: s}}}]} | valueFrom.secretKeyRef.key: Required value
        {env: [{name: A, valueFrom: {resourceFieldRef: {resource: x}}}]} | "x": supported values: "limits.cpu"
        {envFrom: [{}]} | envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`
        {envFrom: [{configMapRef: {}}]} | envFrom[0].configMapRef.name: Required value
        {lifecycle: {preStop: {}}} | lifecycle.preStop: Required value: must specify a handler type
        {lifecycle: {preStop: {sleep: {seconds: 100}}}} | must be non-negative and less than \
        terminationGracePeriodSeconds (30)
        {lifecycle: {postStart: {exec: {}}}} | lifecycle.postStart.exec.command: Required value
        {readinessProbe: {httpGet: {port: Bad_}}} | readinessProbe.httpGet.port: Invalid value: "Bad_": must contain
        {readinessProbe: {tcpSocket: {}}} | readinessProbe.tcpSocket.port: Invalid value: 0: must be between 1
        {readinessProbe: {exec: {command: [x]}, tcpSocket: {port: 1}}} \
        | readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type
        {volumeMounts: [{name: v, mountPath: /m, subPath: ../x}]} \
        | spec.containers[0].volumeMounts.subPath: Invalid value: "../x": must not contain '..'
        {volumeMounts: [{name: v, mountPath: /m, subPath: a/..}]} | "a/..": must not contain '..'
        {volumeMounts: [{name: v, mountPath: /m, subPath: /abs}]} | "/abs": must be a relative path
        {volumeMounts: [{name: v, mountPath: /m, subPathExpr: ../$(A)}]} \
        | spec.containers[0].volumeMounts.subPathExpr: Invalid value: "../$(A)": must not contain '..'
        {volumeMounts: [{name: v, mountPath: /m, subPath: a, subPathExpr: b}]} | spec.containers[0].volumeMounts[0]\
        .subPathExpr: Invalid value: "b": subPathExpr and subPath are mutually exclusive
        {securityContext: {privileged: true, allowPrivilegeEscalation: false}} | spec.containers[0].securityContext: \
        Invalid value: {"privileged":true,"allowPrivilegeEscalation":false}: cannot set `allowPrivilegeEscalation` to
        {ports: [{containerPort: 1, hostPort: 9, protocol: TCP}, {containerPort: 2, hostPort: 9, protocol: TCP}]} \
        | spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//9"
        {terminationMessagePolicy: x} | Unsupported value: "x": supported values: "File", "FallbackToLogsOnError"
        """)
    void a_bad_container_is_refused(String patch, String message) {
        String pod = "{metadata: {name: p}, spec: {containers: [{name: a, image: i}]}}";
        ObjectNode bad = object(pod);
        bad.path("spec").withArrayProperty("containers").set(0, patched("{name: a, image: i}", patch));
        assertThatCode(() -> Validation.create(PODS, object(pod))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Validation.create(PODS, bad)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
        {restartPolicy: X} | Unsupported value: "X": supported values: "Always", "OnFailure", "Never"
        {dnsPolicy: X} | supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"
        {hostname: Bad_} | spec.hostname: Invalid value: "Bad_": a lowercase RFC 1123 label must
        {subdomain: Bad_} | spec.subdomain: Invalid value: "Bad_": a lowercase RFC 1123 label must
        {activeDeadlineSeconds: 0} | spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647,
        {tolerations: [{key: a, operator: Nope}]} \
        | spec.tolerations[0].operator: Unsupported value: "Nope": supported values: "Equal", "Exists"
        {tolerations: [{operator: Equal}]} | operator must be Exists when `key` is empty
        {tolerations: [{key: a, operator: Exists, value: b}]} | value must be empty when `operator` is 'Exists'
        {tolerations: [{key: a, tolerationSeconds: 3}]} | effect must be 'NoExecute' when `tolerationSeconds` is set
        {tolerations: [{key: a, effect: X}]} | supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"
        {volumes: [{name: v, emptyDir: {}, configMap: {name: x}}]} \
        | spec.volumes[0].configMap: Forbidden: may not specify more than 1 volume type
        {volumes: [{name: v, hostPath: {path: /a/../b}}]} | hostPath.path: Invalid value: "/a/../b": must not contain
        {volumes: [{name: v, secret: {secretName: s, items: [{key: a, path: /b}]}}]} \
        | spec.volumes[0].secret.items[0].path: Invalid value: "/b": must be a relative path
        {volumes: [{name: v, configMap: {name: s, defaultMode: 9999}}]} | must be a number between 0 and 0777 (octal)
        """)
    void a_bad_pod_is_refused(String patch, String message) {
        String pod = "{metadata: {name: p}, spec: {containers: [{name: a, image: i}]}}";
        assertThatThrownBy(() -> Validation.create(PODS, patched(pod, "{spec: " + patch + "}")))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
        |secrets|{type: kubernetes.io/tls}|[data[tls.crt]: Required value, data[tls.key]: Required value]
        |secrets|{type: kubernetes.io/dockerconfigjson, data: {}}|data[.dockerconfigjson]: Required value
        |secrets|{type: kubernetes.io/dockercfg, data: {.dockercfg: YQ==}} \
        |data[.dockercfg]: Invalid value: "<secret contents redacted>":
        |secrets|{type: kubernetes.io/ssh-auth}|data[ssh-privatekey]: Required value
        |secrets|{type: kubernetes.io/basic-auth}|[data[username]: Required value, data[password]: Required value]
        |secrets|{type: kubernetes.io/service-account-token} \
        |metadata.annotations[kubernetes.io/service-account.name]: Required value
        coordination.k8s.io|leases|{spec: {leaseDurationSeconds: 0}} \
        |spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0
        coordination.k8s.io|leases|{spec: {leaseTransitions: -1}}|spec.leaseTransitions: Invalid value: -1: must be
        |events|{involvedObject: {namespace: other}} \
        |involvedObject.namespace: Invalid value: "other": does not match event.namespace
        |events|{involvedObject: {}}|involvedObject.namespace: Invalid value: "": does not match event.namespace
        policy|poddisruptionbudgets|{spec: {minAvailable: x%}}|spec.minAvailable: Invalid value: "x%": a valid percent
        policy|poddisruptionbudgets|{spec: {maxUnavailable: 101%}} \
        |spec.maxUnavailable: Invalid value: "101%": must not be greater than 100%
        networking.k8s.io|ingresses|{spec: {rules: []}} \
        |spec: Invalid value: []: either `defaultBackend` or `rules` must be specified
        networking.k8s.io|ingresses|{spec: {rules: [{host: 1.2.3.4}]}} \
        |spec.rules[0].host: Invalid value: "1.2.3.4": must be a DNS name, not an IP address
        networking.k8s.io|ingresses|{spec: {rules: [{host: 'a.*.x'}]}} \
        |spec.rules[0].host: Invalid value: "a.*.x": a wildcard DNS-1123 subdomain must start with
        networking.k8s.io|ingresses|{spec: {defaultBackend: {service: {name: s}}}} \
        |spec.defaultBackend: Required value: port name or number is required
        |configmaps|{metadata: {finalizers: [nope]}} \
        |metadata.finalizers[0]: Invalid value: "nope": name is neither a standard finalizer name nor is it fully
        |configmaps|{metadata: {finalizers: [orphan, foregroundDeletion]}} \
        |metadata.finalizers: Invalid value: ["orphan","foregroundDeletion"]: finalizer orphan and foregroundDeletion
        |configmaps|{metadata: {ownerReferences: [{apiVersion: v1, kind: Pod, name: p}]}} \
        |metadata.ownerReferences.uid: Invalid value: "": must not be empty
        |configmaps|{metadata: {ownerReferences: [{kind: Pod, name: p, uid: u}]}} \
        |metadata.ownerReferences.apiVersion: Invalid value: "": version must not be empty
        |configmaps|{metadata: {ownerReferences: [{apiVersion: v1, kind: Pod, name: p, uid: u, controller: true}, \
        {apiVersion: v1, kind: Pod, name: q, uid: v, controller: true}]}} \
        |metadata.ownerReferences: Invalid value: [{"apiVersion":"v1","kind":"Pod","name":"p","uid":"u"
        rbac.authorization.k8s.io|roles|{rules: [{apiGroups: [''], resources: [pods]}]} \
        |rules[0].verbs: Required value: verbs must contain at least one value
        rbac.authorization.k8s.io|roles|{rules: [{verbs: [get], nonResourceURLs: [/healthz]}]} \
        |rules[0].nonResourceURLs: Invalid value: ["/healthz"]: namespaced rules cannot apply to non-resource URLs
        rbac.authorization.k8s.io|clusterroles|{rules: [{verbs: [get], nonResourceURLs: [/x], resources: [pods]}]} \
        |rules[0].nonResourceURLs: Invalid value: ["/x"]: rules cannot apply to both regular resources and
        rbac.authorization.k8s.io|clusterroles|{rules: [{verbs: [get], resources: [pods]}]} \
        |rules[0].apiGroups: Required value: resource rules must supply at least one api group
        rbac.authorization.k8s.io|clusterroles|{rules: [{verbs: [get], apiGroups: ['']}]} \
        |rules[0].resources: Required value: resource rules must supply at least one resource
        batch|cronjobs|{spec: {schedule: nope}} \
        |spec.schedule: Invalid value: "nope": expected exactly 5 fields, found 1: [nope]
        batch|cronjobs|{spec: {schedule: '@often'}} \
        |spec.schedule: Invalid value: "@often": unrecognized descriptor: @often
        batch|cronjobs|{spec: {}}|spec.schedule: Required value
        """)
    void a_bad_object_of_a_smaller_kind_is_refused(String group, String plural, String patch, String message) {
        ResourceKind kind = KindTable.of(group == null ? "" : group, plural);
        assertThatThrownBy(() -> Validation.create(kind, patched(smaller(plural), patch)))
                .hasMessageContaining(" is invalid: " + message.strip());
    }

    /** An object of which nothing is wrong yet but what a test is about. */
    private static String smaller(String plural) {
        String pod = "spec: {restartPolicy: Never, containers: [{name: a, image: i}]}";
        String spec = plural.equals("cronjobs") ? ", spec: {jobTemplate: {spec: {template: {" + pod + "}}}}" : "";
        return "{metadata: {name: x, namespace: n}" + spec + "}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
        batch|cronjobs|{spec: {schedule: '*/5 * * * *'}}
        batch|cronjobs|{spec: {schedule: '@every 5m'}}
        rbac.authorization.k8s.io|clusterroles|{rules: [{verbs: [get], nonResourceURLs: [/healthz]}]}
        rbac.authorization.k8s.io|roles|{rules: []}
        |configmaps|{metadata: {finalizers: [orphan, example.com/x]}}
        """)
    void a_good_object_of_a_smaller_kind_passes(String group, String plural, String patch) {
        ResourceKind kind = KindTable.of(group == null ? "" : group, plural);
        assertThatCode(() -> Validation.create(kind, patched(smaller(plural), patch)))
                .doesNotThrowAnyException();
    }

    @Test
    void the_restart_policy_of_a_job_is_named_as_kubernetes_names_it() {
        String job = "{metadata: {name: j}, spec: {template: {spec: {restartPolicy: Always, "
                + "containers: [{name: a, image: i}]}}}}";
        assertThatThrownBy(() -> Validation.create(KindTable.of("batch", "jobs"), object(job)))
                .hasMessage("Job.batch \"j\" is invalid: spec.template.spec.restartPolicy: Required value: "
                        + "valid values: \"OnFailure\", \"Never\"");
    }

    @Test
    void the_role_of_a_binding_stays() {
        String binding = "{metadata: {name: b}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}}";
        assertThatThrownBy(() -> Validation.update(
                        KindTable.of("rbac.authorization.k8s.io", "rolebindings"),
                        object(binding),
                        patched(binding, "{roleRef: {name: z}}")))
                .hasMessageEndingWith(
                        "roleRef: Invalid value: {\"APIGroup\":\"rbac.authorization.k8s.io\",\"Kind\":\"Role\","
                                + "\"Name\":\"z\"}: cannot change roleRef");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
        {initContainers: [{name: b, image: i, readinessProbe: {tcpSocket: {port: 1}}}]} \
        | spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy
        {initContainers: [{name: b, image: i, lifecycle: {preStop: {sleep: {seconds: 1}}}}]} \
        | spec.initContainers[0].lifecycle: Forbidden: may not be set for init containers without restartPolicy=Always
        {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}} \
        | nodeSelectorTerms: Required value: must have at least one node selector term
        {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {}}]}}} \
        | podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty
        {affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1}]}}} \
        | preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey: Required value: can not be
        """)
    void a_pod_that_cannot_be_is_refused(String patch, String message) {
        String spec = "{containers: [{name: a, image: i}]}";
        ObjectNode bad = object("{metadata: {name: p}}");
        bad.set("spec", patched(spec, patch));
        assertThatThrownBy(() -> Validation.create(PODS, bad)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
        {initContainers: [{name: b, image: i, restartPolicy: Always, readinessProbe: {tcpSocket: {port: 1}}}]}
        {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{}]}}}}
        {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a/b}]}}}
        {containers: [{name: a, image: i, ports: [{containerPort: 1, hostPort: 9, protocol: TCP}, \
        {containerPort: 1, hostPort: 9, protocol: UDP}]}]}
        {containers: [{name: a, image: i, securityContext: {privileged: true, allowPrivilegeEscalation: true}}]}
        """)
    void a_pod_that_is_unusual_but_right_passes(String patch) {
        ObjectNode good = object("{metadata: {name: p}}");
        good.set("spec", patched("{containers: [{name: a, image: i}]}", patch));
        assertThatCode(() -> Validation.create(PODS, good)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "5, 6, must be less than or equal to previous value",
        "5, null, must not update from a positive integer to nil value",
        "5, 4, ''",
        "5, 5, ''",
        "null, 7, ''"
    })
    void the_deadline_of_a_pod_comes_nearer_or_stays(String before, String after, String why) {
        String pod = "{metadata: {name: p}, spec: {activeDeadlineSeconds: %s, containers: [{name: a, image: i}]}}";
        ObjectNode old = patched("{}", pod.formatted(before));
        ObjectNode now = patched("{}", pod.formatted(after));
        if (why.isEmpty()) {
            assertThatCode(() -> Validation.update(PODS, old, now)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> Validation.update(PODS, old, now))
                    .hasMessageContaining("spec.activeDeadlineSeconds: Invalid value: " + after + ": " + why);
        }
    }

    @Test
    void data_are_measured_in_bytes_as_they_are_used() {
        ResourceKind maps = KindTable.of("", "configmaps");
        ResourceKind secrets = KindTable.of("", "secrets");
        String zeros = Base64.getEncoder().encodeToString(new byte[1024 * 1024]);
        String more = Base64.getEncoder().encodeToString(new byte[1024 * 1024 + 1]);
        String tooLong = "Too long: may not be more than 1048576 bytes";

        for (ResourceKind kind : List.of(maps, secrets)) {
            String field = kind.equals(maps) ? "binaryData" : "data";
            assertThatCode(() -> Validation.create(kind, holding(field, zeros))).doesNotThrowAnyException();
            assertThatThrownBy(() -> Validation.create(kind, holding(field, more)))
                    .hasMessageContaining(tooLong);
        }
        assertThatCode(() -> Validation.create(maps, holding("data", "x".repeat(1024 * 1024))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Validation.create(maps, holding("data", "\u20ac".repeat(400_000))))
                .hasMessageContaining(tooLong);
    }

    private static ObjectNode holding(String field, String value) {
        ObjectNode object = object("{metadata: {name: m}}");
        object.putObject(field).put("k", value);
        return object;
    }

    @Test
    void a_key_is_in_one_of_the_two_maps() {
        assertThatThrownBy(() -> Validation.create(
                        KindTable.of("", "configmaps"),
                        object("{metadata: {name: m}, data: {k: a}, binaryData: {k: YQ==}}")))
                .hasMessageEndingWith(
                        "is invalid: data[k]: Invalid value: \"k\": duplicate of key present in binaryData");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
        {addressType: IPv4, endpoints: [{addresses: [not-an-ip]}]} | endpoints[0].addresses[0]: Invalid value: "not-an
        {addressType: IPv4, endpoints: [{addresses: ['::1']}]} | "::1": must be an IPv4 address
        {addressType: IPv6, endpoints: [{addresses: [1.2.3.4]}]} | "1.2.3.4": must be an IPv6 address
        {addressType: FQDN, endpoints: [{addresses: [a_b]}]} | endpoints[0].addresses[0]: Invalid value: "a_b"
        """)
    void an_endpoint_has_an_address_of_its_type(String slice, String message) {
        ResourceKind slices = KindTable.of("discovery.k8s.io", "endpointslices");
        String good = "{metadata: {name: s}, addressType: IPv4, endpoints: [{addresses: [1.2.3.4]}]}";
        assertThatCode(() -> Validation.create(slices, object(good))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Validation.create(slices, patched("{metadata: {name: s}}", slice)))
                .hasMessageContaining(message);
    }

    @Test
    void endpoints_of_the_old_kind_have_addresses_too() {
        ResourceKind endpoints = KindTable.of("", "endpoints");
        String some = "{metadata: {name: e}, subsets: [{addresses: [{ip: 1.2.3.4}], notReadyAddresses: [{ip: %s}]}]}";
        assertThatCode(() -> Validation.create(endpoints, object(some.formatted("1.2.3.5"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Validation.create(endpoints, object(some.formatted("nowhere"))))
                .hasMessageContaining(
                        "subsets[0].notReadyAddresses[0].ip: Invalid value: \"nowhere\": must be a valid");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        99 * * * *    | end of range (99) above maximum (59): 99
        * 24 * * *    | end of range (24) above maximum (23): 24
        * * 0 * *     | beginning of range (0) below minimum (1): 0
        * * * 13 *    | end of range (13) above maximum (12): 13
        * * * * 7     | end of range (7) above maximum (6): 7
        5-1 * * * *   | beginning of range (5) beyond end of range (1): 5-1
        */0 * * * *   | step of range should be a positive number: */0
        1-2-3 * * * * | too many hyphens: 1-2-3
        1/2/3 * * * * | too many slashes: 1/2/3
        x * * * *     | failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax
        */5 0-23/2 1,15 jan-DEC mon-fri |
        TZ=UTC 0 0 ? * * |
        5/15 * * * * |
        """)
    void a_schedule_says_moments_that_there_are(String schedule, @Nullable String why) {
        ResourceKind cronJobs = KindTable.of("batch", "cronjobs");
        ObjectNode job = object("{metadata: {name: c}, spec: {jobTemplate: {spec: {template: {spec: "
                + "{restartPolicy: Never, containers: [{name: a, image: i}]}}}}}}");
        job.withObjectProperty("spec").put("schedule", schedule);
        if (why == null) {
            assertThatCode(() -> Validation.create(cronJobs, job)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> Validation.create(cronJobs, job))
                    .hasMessageContaining("spec.schedule: Invalid value: \"" + schedule + "\": " + why);
        }
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the API server and the nodes are told: certificates, flows, addresses, runtimes, attachments.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/certificates}, {@code flowcontrol}, {@code networking}, {@code node}
 * and {@code storage}, {@code validation} (reasons and wording).
 */
final class ServerKindCheck {
    private static final String PARENT = "spec.parentRef";
    private static final String ATTACHER = "spec.attacher";
    private static final long HIGHEST_PRECEDENCE = 10_000;
    private static final long SHORTEST_CERTIFICATE_SECONDS = 600;
    private static final Pattern SIGNER = Pattern.compile("[^/]+\\.[^/]+/.+");

    private final Findings findings;

    ServerKindCheck(Findings findings) {
        this.findings = findings;
    }

    void certificateRequest(JsonNode spec) {
        if (!isRequest(Json.textAt(spec, "request"))) {
            findings.invalid("spec.request", spec.path("request"), "PEM block type must be CERTIFICATE REQUEST");
        }
        if (spec.path("usages").isEmpty()) {
            findings.required("spec.usages", "");
        }
        String signer = Json.textAt(spec, "signerName");
        if (signer.isEmpty()) {
            findings.required("spec.signerName", "");
        } else if (!SIGNER.matcher(signer).matches()) {
            findings.invalid(
                    "spec.signerName",
                    Json.string(signer),
                    "must be a fully qualified domain and path of the form 'example.com/signer-name'");
        }
        long seconds = Json.longAt(spec, SHORTEST_CERTIFICATE_SECONDS, "expirationSeconds");
        if (seconds < SHORTEST_CERTIFICATE_SECONDS) {
            findings.invalid(
                    "spec.expirationSeconds",
                    Json.number(seconds),
                    "may not specify a duration less than 600 seconds (10 minutes)");
        }
    }

    private static boolean isRequest(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII)
                    .contains("-----BEGIN CERTIFICATE REQUEST-----");
        } catch (IllegalArgumentException notEncoded) {
            return false;
        }
    }

    void flow(JsonNode flow) {
        JsonNode spec = flow.path("spec");
        String field = "spec.matchingPrecedence";
        long precedence = Json.longAt(spec, 0, "matchingPrecedence");
        if (precedence <= 0) {
            findings.invalid(field, Json.number(precedence), "must be a positive value");
        } else if (precedence > HIGHEST_PRECEDENCE) {
            findings.invalid(field, Json.number(precedence), "must not be greater than " + HIGHEST_PRECEDENCE);
        } else if (precedence == 1 && !Json.textAt(flow, "metadata", "name").equals("exempt")) {
            findings.invalid(
                    field, Json.number(precedence), "only the schema named 'exempt' may have matchingPrecedence 1");
        }
        if (Json.textAt(spec, "priorityLevelConfiguration", "name").isEmpty()) {
            findings.required("spec.priorityLevelConfiguration.name", "must reference a priority level");
        }
    }

    void priorityLevel(JsonNode spec) {
        JsonNode response = spec.path("limited").path("limitResponse");
        if (Json.textAt(response, "type").equals("Queue") && !response.has("queuing")) {
            findings.required(
                    "spec.limited.limitResponse.queuing", "must not be empty if limited.limitResponse.type is Limited");
        }
    }

    void address(JsonNode address) {
        JsonNode parent = address.path("spec").path("parentRef");
        if (!parent.isObject()) {
            findings.required(PARENT, "");
            return;
        }
        for (String field : List.of("resource", "name")) {
            String value = Json.textAt(parent, field);
            Checks.required(findings, PARENT + "." + field, value);
            Syntax.pathSegment(findings, PARENT + "." + field, value);
        }
    }

    void range(JsonNode spec) {
        JsonNode ranges = spec.path("cidrs");
        if (ranges.isEmpty()) {
            findings.required("spec.cidrs", "at least one CIDR required");
        }
        for (int i = 0; i < ranges.size(); i++) {
            if (Cidr.of(ranges.get(i).asString("")).isEmpty()) {
                findings.invalid(
                        "spec.cidrs[" + i + "]",
                        ranges.get(i),
                        "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
            }
        }
    }

    void runtime(JsonNode runtime) {
        Syntax.dnsLabel(findings, "handler", Json.textAt(runtime, "handler"));
    }

    void attachment(JsonNode spec) {
        Checks.required(findings, ATTACHER, Json.textAt(spec, "attacher"));
        JsonNode source = spec.path("source");
        boolean inline = source.has("inlineVolumeSpec");
        boolean named = source.has("persistentVolumeName");
        String one = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
        if (!inline && !named) {
            findings.required("spec.source", one);
        } else if (inline && named) {
            findings.forbidden("spec.source", one);
        }
        Syntax.dnsName(findings, "spec.nodeName", Json.textAt(spec, "nodeName"));
        String driver = Json.textAt(spec, "attacher");
        Checks.required(findings, ATTACHER, driver);
        Syntax.dnsName(findings, ATTACHER, driver);
    }
}

package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * From where a Service is reached: its families of addresses, its balancer, its addresses outside.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation} and {@code pkg/registry/core/service/storage}.
 */
final class ServiceReachCheck {
    private static final String BALANCER_ONLY = "may only be used when `type` is 'LoadBalancer'";
    private static final String HEALTH_PORT = "healthCheckNodePort";
    private static final String CLASS = "loadBalancerClass";
    private static final Pattern IPV4_RANGE = Pattern.compile("[0-9.]+/([0-9]|[12][0-9]|3[0-2])");
    private static final Pattern IPV6_RANGE =
            Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8])");

    private final Findings findings;
    private final JsonNode spec;
    private final String type;

    ServiceReachCheck(Findings findings, JsonNode spec) {
        this.findings = findings;
        this.spec = spec;
        this.type = Json.textAt(spec, "type");
    }

    void check() {
        balancer();
        outside(spec.path("externalIPs"));
        Checks.oneOf(
                findings,
                "spec.trafficDistribution",
                Json.textAt(spec, "trafficDistribution"),
                "PreferClose",
                "PreferSameZone",
                "PreferSameNode");
        if (!type.equals("ExternalName")) {
            families();
        }
    }

    private void balancer() {
        boolean balanced = type.equals("LoadBalancer");
        JsonNode ranges = spec.path("loadBalancerSourceRanges");
        String field = "spec.LoadBalancerSourceRanges";
        if (!ranges.isEmpty() && !balanced) {
            findings.forbidden(field, BALANCER_ONLY);
        }
        for (int i = 0; balanced && i < ranges.size(); i++) {
            String range = ranges.get(i).asString("").strip();
            if (!isRange(range)) {
                findings.invalid(
                        field + "[" + i + "]",
                        ranges.get(i),
                        "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
            }
        }
        if (balanced && spec.has(CLASS)) {
            Syntax.qualifiedName(findings, "spec." + CLASS, Json.textAt(spec, CLASS));
        }
        if (Json.longAt(spec, 0, HEALTH_PORT) != 0 && !wantsHealthPort(spec)) {
            findings.invalid(
                    "spec." + HEALTH_PORT,
                    spec.get(HEALTH_PORT),
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }
    }

    private static boolean isRange(String range) {
        boolean four = IPV4_RANGE.matcher(range).matches();
        boolean six = IPV6_RANGE.matcher(range).matches();
        return (four || six) && Syntax.isAddress(range.substring(0, range.indexOf('/')));
    }

    private static boolean wantsHealthPort(JsonNode spec) {
        return Json.textAt(spec, "type").equals("LoadBalancer")
                && Json.textAt(spec, "externalTrafficPolicy").equals("Local");
    }

    private void outside(JsonNode addresses) {
        for (int i = 0; i < addresses.size(); i++) {
            String address = addresses.get(i).asString("");
            String why = Syntax.isAddress(address) ? special(address) : "";
            if (!why.isEmpty()) {
                findings.invalid("spec.externalIPs[" + i + "]", addresses.get(i), why);
            }
        }
    }

    /** Why an address can be that of no machine; empty if it can. */
    private static String special(String address) {
        if (address.equals("0.0.0.0") || address.equals("::")) {
            return "may not be unspecified (" + address + ")";
        }
        if (address.startsWith("127.") || address.equals("::1")) {
            return "may not be in the loopback range (127.0.0.0/8, ::1/128)";
        }
        if (address.startsWith("169.254.") || address.toLowerCase(Locale.ROOT).startsWith("fe80:")) {
            return "may not be in the link-local range (169.254.0.0/16, fe80::/10)";
        }
        return address.startsWith("224.0.0.")
                ? "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"
                : "";
    }

    private void families() {
        String field = "spec.ipFamilyPolicy";
        String policy = Json.textAt(spec, "ipFamilyPolicy");
        if (spec.has("ipFamilyPolicy")) {
            Checks.oneOf(findings, field, policy, "PreferDualStack", "RequireDualStack", "SingleStack");
        }
        if (policy.equals("RequireDualStack")) {
            findings.invalid(field, Json.string(policy), "this cluster is not configured for dual-stack services");
        }
        Set<String> seen = new HashSet<>();
        JsonNode families = spec.path("ipFamilies");
        for (int i = 0; i < families.size(); i++) {
            String family = families.get(i).asString("");
            String place = "spec.ipFamilies[" + i + "]";
            Checks.oneOf(findings, place, family, "IPv4", "IPv6");
            if (!seen.add(family)) {
                findings.duplicate(place, families.get(i));
            } else if (family.equals("IPv6")) {
                findings.invalid(place, families.get(i), "not configured on this cluster");
            }
        }
    }

    /** What a balanced Service keeps as long as it is one. */
    void update(JsonNode before) {
        boolean stays =
                type.equals("LoadBalancer") && Json.textAt(before, "type").equals("LoadBalancer");
        if (stays && !Objects.equals(before.get(CLASS), spec.get(CLASS))) {
            findings.invalid("spec." + CLASS, spec.get(CLASS), "may not change once set");
        }
        long held = Json.longAt(before, 0, HEALTH_PORT);
        long now = Json.longAt(spec, 0, HEALTH_PORT);
        if (wantsHealthPort(before) && wantsHealthPort(spec) && held != 0 && now != 0 && held != now) {
            findings.forbidden("spec." + HEALTH_PORT, "field is immutable");
        }
    }

    /** Only a balanced Service has addresses of a balancer. */
    void status(JsonNode before, JsonNode after) {
        JsonNode addresses = after.path("loadBalancer").path("ingress");
        boolean changed = !addresses.isEmpty()
                && !before.path("loadBalancer").path("ingress").equals(addresses);
        if (changed && !type.equals("LoadBalancer")) {
            findings.forbidden("status.loadBalancer.ingress", "may only be used when `spec.type` is 'LoadBalancer'");
        }
    }
}

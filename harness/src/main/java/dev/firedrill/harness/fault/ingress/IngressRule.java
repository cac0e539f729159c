package dev.firedrill.harness.fault.ingress;

import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldChange;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.RequestFails;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The rule of an Ingress for one host.
 *
 * @param ingress the name of the Ingress
 * @param host the rule's host
 */
record IngressRule(String ingress, String host) {
    /** How long a controller may take to follow. */
    static final Duration EFFECT = Duration.ofSeconds(15);

    ObjectRef ref() {
        return new ObjectRef("networking.k8s.io/v1", "Ingress", ingress);
    }

    /** Where the rule stands in the object. */
    String pointer(FaultScene scene) {
        List<String> hosts = new ArrayList<>();
        scene.objects()
                .require(ref())
                .at("/spec/rules")
                .forEach(rule -> hosts.add(rule.path("host").asString("")));
        int index = hosts.indexOf(host);
        if (index < 0) {
            throw new ConfigurationException(ref() + " has no rule for host \"" + host + "\"; allowed: "
                    + String.join(", ", hosts) + Spelling.guess(host, hosts));
        }
        return "/spec/rules/" + index;
    }

    /** The change of a field below the rule. */
    FieldChange set(FaultScene scene, String field, JsonNode value) {
        return scene.objects().set(ref(), pointer(scene) + field, value);
    }

    /** Proves that what was served for the host at a URL is not served any more. */
    RequestFails nothingAt(String url) {
        return RequestFails.to(url, EFFECT).withHeader("Host", host).orIsRefused();
    }
}

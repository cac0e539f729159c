package dev.firedrill.harness.cluster.k3s;

import java.util.Map;

/**
 * The images that a k3s needs from outside.
 *
 * @param node a k3s, or what keeps its container contract
 * @param java a Java runtime from 17 on, with {@code java} on its PATH, on which the programs' images are based
 */
record NodeImages(String node, String java) {
    /** Names another image of the node. */
    static final String NODE_VARIABLE = "FIREDRILL_K3S_IMAGE";

    /** Names another image of the Java runtime. */
    static final String JAVA_VARIABLE = "FIREDRILL_JRE_IMAGE";

    private static final String NODE = "rancher/k3s:v1.34.6-k3s1";
    private static final String JAVA = "eclipse-temurin:21.0.8_9-jre";

    static NodeImages ofEnvironment(Map<String, String> environment) {
        return new NodeImages(named(environment, NODE_VARIABLE, NODE), named(environment, JAVA_VARIABLE, JAVA));
    }

    private static String named(Map<String, String> environment, String variable, String standard) {
        String value = environment.getOrDefault(variable, "").strip();
        return value.isEmpty() ? standard : value;
    }
}

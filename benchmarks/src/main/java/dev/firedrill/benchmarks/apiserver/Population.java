package dev.firedrill.benchmarks.apiserver;

import java.util.Locale;

/**
 * The objects that are stored while the server is measured: half ConfigMaps, half Pods, evenly over namespaces, with a
 * label that ten of a kind and namespace share.
 */
final class Population {
    /** How many objects are stored. */
    static final int OBJECTS = 10_000;

    /** Where the change is written that a watch waits for. */
    static final String WATCHED = "watched";

    static final int NAMESPACES = 20;
    private static final int KINDS = 2;
    private static final int PER_KIND = OBJECTS / KINDS / NAMESPACES;
    private static final int PER_GROUP = 10;
    private static final String CONFIG_MAP = """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","labels":{"group":"g%d"}},\
            "data":{"settings.yaml":"retry:\\n  attempts: 5\\n  initialDelay: 500ms\\ntimeout: 1s\\n","mode":"plain"}}""";
    private static final String POD = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"group":"g%d","app":"api"}},\
            "spec":{"containers":[{"name":"main","image":"firedrill/fixtures:latest","args":["api"],\
            "env":[{"name":"DATA_DIR","value":"/data"}],"ports":[{"containerPort":8080}],\
            "readinessProbe":{"httpGet":{"path":"/readyz","port":8080},"periodSeconds":1}}]}}""";

    private Population() {}

    /** The namespace of an object by its number. */
    static String namespace(int number) {
        return "load-" + number % NAMESPACES;
    }

    /** The path of an object's collection. */
    static String collection(int number) {
        return "/api/v1/namespaces/" + namespace(number) + (configMap(number) ? "/configmaps" : "/pods");
    }

    /** The path of an object. */
    static String path(int number) {
        return collection(number) + "/" + name(number);
    }

    /** The path of the ten objects that share a label with one. */
    static String group(int number) {
        return collection(number) + "?labelSelector=group%3Dg" + groupOf(number);
    }

    /** An object, as it is created. */
    static String body(int number) {
        return body(number, name(number), groupOf(number));
    }

    /** Another object of the same kind and namespace, which belongs to no group. */
    static String extraBody(int number, String name) {
        return body(number, name, -1);
    }

    /** An object of version 1 that is nothing but its name. */
    static String named(String kind, String name) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + name + "\"}}";
    }

    private static String body(int number, String name, int group) {
        return String.format(Locale.ROOT, configMap(number) ? CONFIG_MAP : POD, name, group);
    }

    private static String name(int number) {
        return "object-" + number;
    }

    private static boolean configMap(int number) {
        return number / NAMESPACES < PER_KIND;
    }

    private static int groupOf(int number) {
        return number / NAMESPACES / PER_GROUP;
    }
}

package dev.firedrill.harness.conformance;

import static dev.firedrill.harness.conformance.Ground.demand;
import static dev.firedrill.harness.conformance.Ground.same;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * Lists, selectors and watches.
 *
 * <p>Source: Kubernetes API concepts,
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes.
 */
final class ListBehaviours {
    private ListBehaviours() {}

    static List<Behaviour> all() {
        return List.of(
                new Behaviour(
                        "lists.pages",
                        "a list in pages shows one moment: what is added meanwhile is not in it",
                        ListBehaviours::pages),
                new Behaviour(
                        "lists.labels",
                        "label selectors: =, !=, in, notin, exists and their negations",
                        ListBehaviours::labels),
                new Behaviour(
                        "lists.fields",
                        "field selectors by name; one that is not supported is 400",
                        ListBehaviours::fields),
                new Behaviour("lists.yaml", "whoever accepts YAML alone gets YAML", ListBehaviours::yaml),
                new Behaviour("lists.tables", "kubectl's tables have their columns", ListBehaviours::tables),
                new Behaviour(
                        "watches.resume",
                        "a watch from a version tells every later change once, in order",
                        ListBehaviours::resume),
                new Behaviour("watches.live", "a watch tells a change as it happens", ListBehaviours::live),
                new Behaviour(
                        "watches.selector",
                        "an object that leaves the selector of a watch is told as deleted, one that enters it as added",
                        ListBehaviours::selector),
                new Behaviour(
                        "watches.bookmarks", "a watch that asks for bookmarks gets one", ListBehaviours::bookmarks),
                new Behaviour(
                        "watches.metadata",
                        "a watch of metadata alone tells the end of what is there as metadata, too",
                        ListBehaviours::metadata));
    }

    private static void pages(Ground ground) {
        for (int i = 0; i < 5; i++) {
            ground.create(labelled("item-" + i, "page", "yes"));
        }
        Answer first = ground.get(ground.path("configmaps?limit=2&labelSelector=page%3Dyes"))
                .expect(200);
        same("items of the first page", 2L, first.items().count());
        ground.create(labelled("item-9", "page", "yes"));
        List<String> names = new ArrayList<>(names(first));
        Answer page = first;
        for (int i = 0; i < 5 && !page.at("/metadata/continue").isEmpty(); i++) {
            String token = URLEncoder.encode(page.at("/metadata/continue"), StandardCharsets.UTF_8);
            page = ground.get(ground.path("configmaps?limit=2&labelSelector=page%3Dyes&continue=" + token))
                    .expect(200);
            names.addAll(names(page));
        }
        same("items", List.of("item-0", "item-1", "item-2", "item-3", "item-4"), names);
    }

    private static List<String> names(Answer list) {
        return list.items().map(item -> item.at("/metadata/name").asString()).toList();
    }

    private static String labelled(String name, String key, String value) {
        return ("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\","
                        + "\"labels\":{\"%s\":\"%s\"}}}")
                .formatted(name, key, value);
    }

    private static void labels(Ground ground) {
        ground.create(labelled("red", "colour", "red"));
        ground.create(labelled("blue", "colour", "blue"));
        ground.create(labelled("plain", "other", "x"));
        same("colour=red", List.of("red"), selected(ground, "colour=red"));
        same("colour!=red,colour", List.of("blue"), selected(ground, "colour!=red,colour"));
        same("colour in (red,blue)", List.of("blue", "red"), selected(ground, "colour in (red,blue)"));
        same("colour notin (red),other", List.of("plain"), selected(ground, "colour notin (red),other"));
        same("colour", List.of("blue", "red"), selected(ground, "colour"));
        demand(!selected(ground, "!colour").contains("red"), "!colour selects what has the label");
        ground.get(ground.path("configmaps?labelSelector=" + encoded("colour in red")))
                .expect(400, "BadRequest");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> selected(Ground ground, String selector) {
        return names(ground.get(ground.path("configmaps?labelSelector=" + encoded(selector)))
                        .expect(200))
                .stream()
                .sorted()
                .toList();
    }

    private static void fields(Ground ground) {
        ground.create(ground.configMap("one", "a", "1"));
        ground.create(ground.configMap("two", "a", "1"));
        Answer one = ground.get(ground.path("configmaps?fieldSelector=metadata.name%3Done"));
        same("metadata.name=one", List.of("one"), names(one.expect(200)));
        ground.get(ground.path("configmaps?fieldSelector=data.a%3D1")).expect(400, "BadRequest");
    }

    private static void tables(Ground ground) {
        ground.create(Specimens.deployment("one", 0));
        Answer table = ground.table(ground.path("apps/v1", "deployments")).expect(200);
        same("the kind", "Table", table.at("/kind"));
        List<String> columns = table.json()
                .path("columnDefinitions")
                .valueStream()
                .filter(column -> column.path("priority").asInt() == 0)
                .map(column -> column.path("name").asString())
                .toList();
        same("the columns", List.of("Name", "Ready", "Up-to-date", "Available", "Age"), columns);
        same("the first cell", "one", table.at("/rows/0/cells/0"));
        same("the second cell", "0/0", table.at("/rows/0/cells/1"));
    }

    private static String version(Ground ground) {
        return ground.get(ground.path("configmaps")).at("/metadata/resourceVersion");
    }

    /** Type and name of each event, without those of the cluster's own objects. */
    private static List<String> told(Answer watch) {
        return watch.lines().stream()
                .filter(event -> !event.at("/object/metadata/name").asString("").equals("kube-root-ca.crt"))
                .map(event -> event.path("type").asString() + " "
                        + event.at("/object/metadata/name").asString(""))
                .toList();
    }

    private static void resume(Ground ground) {
        ground.create(ground.configMap("before", "a", "1"));
        String from = version(ground);
        ground.create(ground.configMap("one", "a", "1"));
        ground.patch("merge", ground.path("configmaps/one"), "{\"data\":{\"a\":\"2\"}}");
        ground.create(ground.configMap("two", "a", "1"));
        ground.delete(ground.path("configmaps/one"));
        Answer watch = ground.get(ground.path("configmaps?watch=true&timeoutSeconds=2&resourceVersion=" + from));
        same("what was told", List.of("ADDED one", "MODIFIED one", "ADDED two", "DELETED one"), told(watch));
        String middle =
                watch.lines().get(1).at("/object/metadata/resourceVersion").asString();
        Answer later = ground.get(ground.path("configmaps?watch=true&timeoutSeconds=1&resourceVersion=" + middle));
        same("what was told from the middle", List.of("ADDED two", "DELETED one"), told(later));
    }

    private static void live(Ground ground) {
        String query = "configmaps?watch=true&timeoutSeconds=3&resourceVersion=" + version(ground);
        CompletableFuture<Answer> watch = ground.start("GET", ground.path(query), null, null);
        ground.create(ground.configMap("one", "a", "1"));
        Answer told = Ground.join(watch);
        same("what was told", List.of("ADDED one"), told(told));
    }

    private static void selector(Ground ground) {
        ground.create(labelled("one", "watch", "yes"));
        String from = version(ground);
        String path = ground.path("configmaps/one");
        ground.patch("merge", path, "{\"metadata\":{\"labels\":{\"watch\":\"no\"}}}");
        ground.patch("merge", path, "{\"metadata\":{\"labels\":{\"watch\":\"yes\"}}}");
        Answer watch = ground.get(ground.path(
                "configmaps?watch=true&timeoutSeconds=1&labelSelector=watch%3Dyes&resourceVersion=" + from));
        same("what was told", List.of("DELETED one", "ADDED one"), told(watch));
    }

    private static void bookmarks(Ground ground) {
        Answer watch = ground.get(ground.path(
                "configmaps?watch=true&timeoutSeconds=5&allowWatchBookmarks=true&resourceVersion=" + version(ground)));
        List<JsonNode> marks = watch.lines().stream()
                .filter(event -> event.path("type").asString().equals("BOOKMARK"))
                .toList();
        demand(!marks.isEmpty(), "no bookmark: " + told(watch));
        demand(
                !marks.get(0)
                        .at("/object/metadata/resourceVersion")
                        .asString("")
                        .isEmpty(),
                "a bookmark without a resource version");
    }

    private static void yaml(Ground ground) {
        ground.create(ground.configMap("one", "a", "true"));
        Answer one = ground.accepting("application/yaml", ground.path("configmaps/one"));
        demand(one.expect(200).text().contains("\n  a: \"true\"\n"), "no YAML: " + one.text());
        Answer none = ground.accepting("application/yaml", ground.path("configmaps/none"));
        demand(none.text().contains("\nreason: NotFound\n"), "no YAML: " + none.text());
    }

    private static void metadata(Ground ground) {
        ground.create(labelled("one", "mark", "yes"));
        Answer watch = ground.accepting(
                "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
                ground.path("configmaps?watch=true&timeoutSeconds=2&labelSelector=mark%3Dyes&sendInitialEvents=true"
                        + "&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan"));
        List<String> told = told(watch.expect(200));
        same(
                "what was told first",
                List.of("ADDED one", "BOOKMARK "),
                told.stream().limit(2).toList());
        watch.lines()
                .forEach(event -> same(
                        "the kind",
                        "PartialObjectMetadata",
                        event.at("/object/kind").asString("")));
    }
}

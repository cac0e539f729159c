package dev.firedrill.harness.fault;

import dev.firedrill.harness.agent.AgentLog;
import dev.firedrill.harness.agent.Duty;
import dev.firedrill.harness.agent.PodAccount;
import dev.firedrill.harness.model.HealingException;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ends the faults of its namespace that have lasted as long as they may, from the undo that is kept there: the agent
 * does it when the harness has not, since that is gone. All times are the API server's. A harness that lives is a
 * little quicker; if both put something back it is the same.
 */
public final class DeadMansSwitch implements Duty {
    private static final Duration LOOK = Duration.ofSeconds(3);

    /** How long a harness that lives has to do it itself; times of creation are whole seconds, too. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** An undo that is kept, and when its time is over. */
    private record Kept(String id, UndoRecord undo, Instant until) {}

    @Override
    public void begin(PodAccount account) {
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "dead-mans-switch");
            thread.setDaemon(true);
            return thread;
        });
        var unused = looks.scheduleWithFixedDelay(
                () -> look(account), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whatever goes wrong is told, and tried again the next time. */
    private static void look(PodAccount account) {
        try {
            List<Kept> kept = new ArrayList<>();
            Instant now = read(account, "configmaps", kept);
            read(account, "secrets", kept);
            kept.sort(Comparator.comparing(each -> each.undo().at()));
            List<Kept> over = Overdue.of(kept, each -> !each.until().isAfter(now), each -> each.undo()
                    .changes());
            if (!over.isEmpty()) {
                end(account, over.stream().map(Kept::id).collect(Collectors.toSet()));
            }
        } catch (IOException | RuntimeException e) {
            say("cannot look for faults whose time is over: " + e.getMessage());
        }
    }

    /** Adds what is kept in objects of a resource. */
    private static Instant read(PodAccount account, String resource, List<Kept> kept) throws IOException {
        PodAccount.Answer answer = account.get("api/v1/namespaces/" + account.namespace() + "/" + resource
                + "?labelSelector=" + UndoStore.LABEL.replace("/", "%2F"));
        if (answer.status() != 200) {
            throw new IOException("GET " + resource + ": " + answer.status() + " " + answer.body());
        }
        for (JsonNode object : JSON.readTree(answer.body()).path("items")) {
            String text = object.path("data").path(UndoStore.KEY).asString("");
            String name = object.at("/metadata/name").asString();
            Instant written =
                    Instant.parse(object.at("/metadata/creationTimestamp").asString());
            try {
                if (!text.isEmpty()) {
                    kept.add(kept(name, resource.equals("secrets") ? UndoStore.decoded(text) : text, written));
                }
            } catch (HealingException e) {
                say(name + " cannot be read, and is left: " + e.getMessage());
            }
        }
        return answer.at();
    }

    private static Kept kept(String name, String json, Instant written) {
        UndoRecord undo = UndoRecord.fromJson(json);
        Instant until =
                undo.longest().map(longest -> written.plus(longest).plus(GRACE)).orElse(Instant.MAX);
        return new Kept(name, undo, until);
    }

    private static void end(PodAccount account, Set<String> ids) throws IOException {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(account.server().toString())
                        .withCaCertFile(account.authority().toString())
                        .withOauthToken(account.token())
                        .build())
                .build()) {
            Healer healer = new Healer(client, List.of());
            Healer.Outcome outcome = healer.heal(healer.open(List.of(account.namespace())).stream()
                    .filter(each -> ids.contains(each.id()))
                    .toList());
            outcome.healed().forEach(fault -> say("its time was over, and nobody had put it back: " + fault));
            outcome.conflicts().forEach(conflict -> say("left alone: " + conflict));
            outcome.failures().forEach(failure -> say("not put back: " + failure));
        }
    }

    private static void say(String text) {
        AgentLog.line("dead man's switch: " + text);
    }
}

package dev.firedrill.harness.agent;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The pager's inbox and its canary. */
final class InboxDesk {
    private final CursorLog log;
    private final StoreThread store;
    private final AgentSettings.Variant variant;
    private final AtomicBoolean canaryFails = new AtomicBoolean();
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong webhooks = new AtomicLong();

    InboxDesk(Vertx vertx, StoreThread store, AgentSettings.Variant variant) {
        this.log = new CursorLog(vertx, store, AgentStore.Log.INBOX);
        this.store = store;
        this.variant = variant;
    }

    /** Takes a notification; completes when it is on disk. */
    Future<ObjectNode> receive(String body) {
        Notification notification = Notification.read(body, Instant.now());
        AgentLog.line("notification: " + notification.summary()
                + (notification.truncated() > 0 ? ", " + notification.truncated() + " left out by the sender" : ""));
        List<String> items = notification.items().stream()
                .map(item -> Wire.write(item.json()))
                .toList();
        Future<Void> stored = variant == AgentSettings.Variant.DROPS || items.isEmpty()
                ? Future.succeededFuture()
                : log.append(items);
        return stored.map(none -> {
            webhooks.incrementAndGet();
            return Wire.message().put("accepted", items.size());
        });
    }

    /** A page of the inbox. */
    Future<ObjectNode> page(long after, long waitMillis) {
        return log.read(after, waitMillis)
                .compose(items -> store.opened().map(id -> page(Instant.now(), id, after, items)));
    }

    /** The common part of every page that is read by cursor. */
    static ObjectNode page(Instant now, String logId, long after, List<AgentStore.Stored> found) {
        boolean more = found.size() > AgentStore.PAGE;
        List<AgentStore.Stored> items = more ? found.subList(0, AgentStore.PAGE) : found;
        ObjectNode page = Wire.message();
        page.put("now", now.toString());
        page.put("log", logId);
        page.put("cursor", items.isEmpty() ? after : items.get(items.size() - 1).cursor());
        page.put("more", more);
        ArrayNode list = page.putArray("items");
        for (AgentStore.Stored item : items) {
            ObjectNode node = (ObjectNode) Wire.readObject(item.item());
            list.add(node.put("cursor", item.cursor()));
        }
        return page;
    }

    /** What the monitor's check of the canary gets: whether it is well. */
    boolean canaryIsWell() {
        looks.incrementAndGet();
        return !canaryFails.get();
    }

    ObjectNode canary(boolean failing) {
        canaryFails.set(failing);
        return Wire.message().put("failing", failing).put("looks", looks.get()).put("webhooks", webhooks.get());
    }
}

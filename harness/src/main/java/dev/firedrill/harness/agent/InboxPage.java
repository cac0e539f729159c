package dev.firedrill.harness.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What an inbox has after a cursor.
 *
 * @param now when it was read, by the agent's clock; what was accepted until then is here, unless {@code more} is true
 * @param log which log it is; a cursor is good for one log alone, and an agent that lost its disk has another
 * @param cursor where to read on
 * @param items oldest first
 * @param more whether further items were left for the next page
 */
public record InboxPage(Instant now, String log, long cursor, List<InboxItem> items, boolean more) {
    public InboxPage {
        items = List.copyOf(items);
    }

    static InboxPage from(JsonNode message) {
        List<InboxItem> items = new ArrayList<>();
        message.path("items").forEach(item -> items.add(InboxItem.from(item)));
        return new InboxPage(
                Instant.parse(message.path("now").asString()),
                message.path("log").asString(""),
                message.path("cursor").asLong(0),
                items,
                message.path("more").asBoolean(false));
    }
}

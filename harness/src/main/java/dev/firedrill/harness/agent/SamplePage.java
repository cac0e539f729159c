package dev.firedrill.harness.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The samples that the inside prober has after a cursor.
 *
 * @param now when they were read, by the agent's clock
 * @param log which log it is; a cursor is good for one log alone, and an agent that lost its disk has another
 * @param cursor where to read on
 * @param completeUntil every tick intended before this moment has its sample here or before, unless {@code more} is
 *     true
 * @param items in the order in which their outcome was known
 * @param more whether further samples were left for the next page
 */
public record SamplePage(Instant now, String log, long cursor, Instant completeUntil, List<Item> items, boolean more) {
    public SamplePage {
        items = List.copyOf(items);
    }

    /** A sample and its place; places rise, with gaps. */
    public record Item(long cursor, ProbeSample sample) {}

    static SamplePage from(JsonNode message) {
        List<Item> items = new ArrayList<>();
        message.path("items")
                .forEach(item -> items.add(new Item(item.path("cursor").asLong(0), ProbeSample.from(item))));
        return new SamplePage(
                Instant.parse(message.path("now").asString()),
                message.path("log").asString(""),
                message.path("cursor").asLong(0),
                Instant.parse(message.path("completeUntil").asString()),
                items,
                message.path("more").asBoolean(false));
    }
}

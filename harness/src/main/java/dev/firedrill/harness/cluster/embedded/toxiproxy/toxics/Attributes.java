package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.math.BigInteger;
import tools.jackson.databind.JsonNode;

/** The attributes that a request gives; what it leaves out, or sets to null, stays. */
public final class Attributes {
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private final JsonNode body;

    /** @param body an object of JSON, null or missing */
    public Attributes(JsonNode body) {
        this.body = body;
    }

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException if it is something else; the message says what
     */
    public long number(String name, long otherwise) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        boolean fits = value.isIntegralNumber()
                && value.bigIntegerValue().compareTo(LEAST) >= 0
                && value.bigIntegerValue().compareTo(MOST) <= 0;
        if (!fits) {
            throw new IllegalArgumentException("attributes." + name + " must be a whole number, not " + value);
        }
        return value.longValue();
    }
}

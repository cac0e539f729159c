package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import java.util.BitSet;
import java.util.Optional;

/**
 * The addresses that Services get: {@code prefix.1.1} to {@code prefix.127.254}. A freed address comes last again, so
 * that a client that still holds it does not reach somebody else.
 */
public final class AddressPool {
    private static final int BLOCKS = 127;
    private static final int PER_BLOCK = 254;
    private static final int SIZE = BLOCKS * PER_BLOCK;

    private final String prefix;
    private final BitSet taken = new BitSet(SIZE);
    private int next;

    /**
     * @param prefix the first two bytes, such as {@code 127.7}
     */
    public AddressPool(String prefix) {
        this.prefix = prefix;
    }

    /** Takes a free address. */
    public synchronized String take() {
        int index = taken.nextClearBit(next);
        if (index >= SIZE) {
            index = taken.nextClearBit(0);
        }
        if (index >= SIZE) {
            throw new IllegalStateException("all " + SIZE + " Service addresses are taken");
        }
        taken.set(index);
        next = index + 1;
        return prefix + "." + (1 + index / PER_BLOCK) + "." + (1 + index % PER_BLOCK);
    }

    /** Takes one address; false if it is taken. */
    public synchronized boolean take(String address) {
        Optional<Integer> index = index(address);
        if (index.isEmpty() || taken.get(index.get())) {
            return false;
        }
        taken.set(index.get());
        return true;
    }

    /** Whether it is one of these addresses, taken or not. */
    public boolean contains(String address) {
        return index(address).isPresent();
    }

    /** Gives an address back; others are ignored. */
    public synchronized void free(String address) {
        index(address).ifPresent(taken::clear);
    }

    /** As a CIDR, for messages. */
    public String range() {
        return prefix + ".0.0/17";
    }

    private Optional<Integer> index(String address) {
        if (!address.startsWith(prefix + ".")) {
            return Optional.empty();
        }
        String[] rest = address.substring(prefix.length() + 1).split("\\.", -1);
        if (rest.length != 2 || !rest[0].matches("\\d{1,3}") || !rest[1].matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int block = Integer.parseInt(rest[0]) - 1;
        int host = Integer.parseInt(rest[1]) - 1;
        boolean inside = block >= 0 && block < BLOCKS && host >= 0 && host < PER_BLOCK;
        return inside ? Optional.of(block * PER_BLOCK + host) : Optional.empty();
    }
}

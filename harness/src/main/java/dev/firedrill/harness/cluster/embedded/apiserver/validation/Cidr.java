package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A block of addresses, such as {@code 10.9.8.0/24}.
 *
 * @param bits of an address: 32 or 128
 */
record Cidr(BigInteger address, int bits, int prefix) {
    /** Reads one; empty if it is none. No name is looked up. */
    static Optional<Cidr> of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !Syntax.isAddress(text.substring(0, slash)) || !text.matches(".*/\\d{1,3}")) {
            return Optional.empty();
        }
        try {
            byte[] address = InetAddress.getByName(text.substring(0, slash)).getAddress();
            int bits = address.length * Byte.SIZE;
            int prefix = Integer.parseInt(text.substring(slash + 1));
            return prefix <= bits ? Optional.of(new Cidr(new BigInteger(1, address), bits, prefix)) : Optional.empty();
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    /** Whether another is a smaller part of this one. */
    boolean hasWithin(Cidr other) {
        int rest = bits - prefix;
        return bits == other.bits
                && other.prefix > prefix
                && address.shiftRight(rest).equals(other.address.shiftRight(rest));
    }
}

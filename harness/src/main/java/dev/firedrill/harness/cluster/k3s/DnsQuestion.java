package dev.firedrill.harness.cluster.k3s;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks a name server for the address of a name, over TCP.
 *
 * <p>Source: RFC 1035, sections 4.1 and 4.2.2.
 */
final class DnsQuestion {
    private static final int ID = 0x4644;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int TYPE_A = 1;
    private static final int CLASS_IN = 1;
    private static final int HEADER_BYTES = 12;
    private static final int CODE_MASK = 0xF;

    private DnsQuestion() {}

    /** Whether the server knows an address of the name. */
    static boolean answered(InetAddress server, int port, String name, Duration within) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server, port), (int) within.toMillis());
            socket.setSoTimeout((int) within.toMillis());
            byte[] question = question(name);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(question.length);
            out.write(question);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = in.readUnsignedShort();
            if (length < HEADER_BYTES || in.readUnsignedShort() != ID) {
                return false;
            }
            int flags = in.readUnsignedShort();
            in.readUnsignedShort(); // questions
            int answers = in.readUnsignedShort();
            return (flags & CODE_MASK) == 0 && answers > 0;
        }
    }

    private static byte[] question(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(ID);
        out.writeShort(RECURSION_DESIRED);
        out.writeShort(1);
        out.writeShort(0);
        out.writeShort(0);
        out.writeShort(0);
        for (String label : name.split("\\.", -1)) {
            byte[] letters = label.getBytes(StandardCharsets.US_ASCII);
            out.writeByte(letters.length);
            out.write(letters);
        }
        out.writeByte(0);
        out.writeShort(TYPE_A);
        out.writeShort(CLASS_IN);
        return bytes.toByteArray();
    }
}

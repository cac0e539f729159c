package dev.firedrill.benchmarks.toxiproxy;

import dev.firedrill.benchmarks.measure.MeasurementException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;

/** A server that echoes, or sends; and what its clients measure. */
final class Traffic implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int WARM_UP = 500;

    private final ServerSocket server;

    /** A server whose clients first say with eight bytes how many they want; none means an echo. */
    Traffic() {
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new MeasurementException("no server", e);
        }
        daemon(this::accept);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "traffic");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                daemon(() -> serve(client));
            }
        } catch (IOException closed) {
            // at the end
        }
    }

    private static void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            long wanted = java.nio.ByteBuffer.wrap(client.getInputStream().readNBytes(Long.BYTES))
                    .getLong();
            if (wanted == 0) {
                client.getInputStream().transferTo(client.getOutputStream());
            }
            byte[] block = new byte[BLOCK];
            for (long left = wanted; left > 0; left -= BLOCK) {
                client.getOutputStream().write(block, 0, (int) Math.min(left, BLOCK));
            }
        } catch (IOException | java.nio.BufferUnderflowException gone) {
            // its client has had enough
        }
    }

    private static Socket connect(InetSocketAddress address, long wanted) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.getOutputStream()
                .write(java.nio.ByteBuffer.allocate(Long.BYTES).putLong(wanted).array());
        return socket;
    }

    /** Megabytes per second of one connection. */
    static double throughput(InetSocketAddress address, long bytes) {
        long begun = System.nanoTime();
        try (Socket socket = connect(address, bytes)) {
            InputStream in = socket.getInputStream();
            byte[] block = new byte[BLOCK];
            long total = 0;
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                total += read;
            }
            if (total != bytes) {
                throw new MeasurementException(total + " of " + bytes + " bytes came");
            }
            return bytes / 1e6 / ((System.nanoTime() - begun) / 1e9);
        } catch (IOException e) {
            throw new MeasurementException("a stream broke: " + e.getMessage(), e);
        }
    }

    /** Round trips of 64 bytes on one connection, in milliseconds, from the shortest to the longest. */
    static double[] roundTrips(InetSocketAddress address, int count, boolean warm) {
        double[] millis = new double[count];
        try (Socket socket = connect(address, 0)) {
            for (int i = warm ? -WARM_UP : 0; i < count; i++) {
                double took = roundTrip(socket);
                if (i >= 0) {
                    millis[i] = took;
                }
            }
        } catch (IOException e) {
            throw new MeasurementException("an echo broke: " + e.getMessage(), e);
        }
        Arrays.sort(millis);
        return millis;
    }

    private static double roundTrip(Socket socket) throws IOException {
        byte[] message = new byte[64];
        OutputStream out = socket.getOutputStream();
        long begun = System.nanoTime();
        out.write(message);
        if (socket.getInputStream().readNBytes(message, 0, message.length) != message.length) {
            throw new IOException("the echo ended");
        }
        return (System.nanoTime() - begun) / NANOS_PER_MILLI;
    }

    /** On how many connections there is no echo. */
    static int broken(InetSocketAddress address, int connections) {
        int broken = 0;
        for (int i = 0; i < connections; i++) {
            try (Socket socket = connect(address, 0)) {
                roundTrip(socket);
            } catch (IOException e) {
                broken++;
            }
        }
        return broken;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new MeasurementException("a server did not close", e);
        }
    }
}

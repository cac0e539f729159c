package dev.firedrill.harness.cluster.existing;

import java.io.IOException;

/** What is done with a socket until that is closed. */
final class SocketThread {
    private SocketThread() {}

    interface Work {
        void run() throws IOException;
    }

    static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException expected) {
                        // a socket was closed, which is how it ends
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}

package dev.firedrill.scenarios.cli;

import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, and the same from other programs. The first signal interrupts the command's own thread, which puts back what
 * it changed, writes its report and returns; the program then ends as always, so that no shutdown hook races with it.
 * The second ends the program at once, and whatever still runs is left to the cluster's reaper.
 *
 * <p>Source: {@code sun.misc.Signal} of the module jdk.unsupported, reached by reflection, since the compiler warns of
 * it; without it, signals do what they do to any Java program, and the cluster's own shutdown hook ends it.
 */
final class Interrupts {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static final long PATIENCE_SECONDS = 30;
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static final Object LOCK = new Object();

    private static boolean requested;
    private static @Nullable Thread command;

    private Interrupts() {}

    /** Whether somebody has asked the program to end. */
    static boolean requested() {
        synchronized (LOCK) {
            return requested;
        }
    }

    /**
     * From now on a signal interrupts this thread.
     *
     * @param announcement what is told to the person who sent it
     */
    static void guard(String announcement) {
        PrintStream terminal = System.err;
        synchronized (LOCK) {
            command = Thread.currentThread();
        }
        onSignal(() -> received(terminal, announcement));
    }

    /** From now on a signal does this instead of ending the program. */
    static void onSignal(Runnable reaction) {
        SIGNALS.forEach(signal -> handle(signal, reaction));
    }

    /** From now on this thread is ending by itself: a signal is noted, and interrupts no longer. */
    static void conclude() {
        synchronized (LOCK) {
            command = null;
            requested |= Thread.interrupted();
        }
    }

    /** What a signal has asked for was to end what has now ended by it: the command goes on to its own end. */
    static void answered() {
        synchronized (LOCK) {
            requested = false;
        }
    }

    /** The command has done all that it had to do. */
    static void finished() {
        FINISHED.countDown();
    }

    private static void received(PrintStream terminal, String announcement) {
        synchronized (LOCK) {
            if (FINISHED.getCount() == 0) {
                return;
            }
            if (requested) {
                Runtime.getRuntime().halt(FiredrillCommand.INTERRUPTED);
            }
            requested = true;
            terminal.println("firedrill: interrupted; " + announcement + " (once more to end at once)");
            if (command != null) {
                command.interrupt();
            }
        }
        if (!finishes()) {
            terminal.println("firedrill: not ended after " + PATIENCE_SECONDS + " s; what still runs is killed");
            Runtime.getRuntime().halt(FiredrillCommand.INTERRUPTED);
        }
    }

    private static boolean finishes() {
        try {
            return FINISHED.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void handle(String signal, Runnable reaction) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            MethodHandle react = MethodHandles.lookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(reaction);
            Object handler =
                    MethodHandleProxies.asInterfaceInstance(handlers, MethodHandles.dropArguments(react, 0, signals));
            signals.getMethod("handle", signals, handlers)
                    .invoke(null, signals.getConstructor(String.class).newInstance(signal), handler);
        } catch (ReflectiveOperationException e) {
            System.getLogger(Interrupts.class.getName())
                    .log(System.Logger.Level.DEBUG, "signal " + signal + " keeps its usual effect", e);
        }
    }
}

package dev.firedrill.harness.agent;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.FiredrillException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.lang.management.ManagementFactory;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one program that the harness runs inside of a cluster: the pager's inbox, the inside prober, requests from
 * inside, and the {@link Duty duties} that others give it. A container of the image {@code
 * firedrill/agent}, which {@link AgentDeployment} deploys and {@link AgentClient} talks to.
 *
 * <p>Exit status: 2 for bad settings, 1 if it cannot run.
 */
public final class Agent implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    /** How many names are looked up at once: one that no name server answers takes ten seconds. */
    private static final int LOOKUPS = 20;

    private final Vertx vertx;
    private final StoreThread store;
    private final ProbeDesk probes;
    private final WireDesk wires;
    private final HttpServer server;

    private Agent(AgentSettings settings) throws TimeoutException {
        store = new StoreThread(settings.dataDirectory());
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(LOOKUPS)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        probes = new ProbeDesk(vertx, store);
        InboxDesk inbox = new InboxDesk(vertx, store, settings.variant());
        wires = new WireDesk(vertx);
        AgentRoutes routes = new AgentRoutes(settings.token(), store, inbox, probes, new FetchDesk(vertx), wires);
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(settings.address())
                        .setPort(settings.port())
                        .setIdleTimeout(60))
                .requestHandler(routes)
                .listen()
                .await(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Starts an agent in this process; its database may still be opening when this returns.
     *
     * @throws FiredrillException if it cannot listen
     */
    public static Agent start(AgentSettings settings) {
        try {
            return new Agent(settings);
        } catch (TimeoutException | RuntimeException e) {
            throw new FiredrillException(
                    "The agent cannot listen on " + settings.address() + ":" + settings.port() + ": " + e.getMessage(),
                    e);
        }
    }

    /** The port on which it listens. */
    public int port() {
        return server.actualPort();
    }

    /** Stops: takes no more requests, ends the probes, closes the database. */
    @Override
    public void close() {
        server.close().await();
        probes.close();
        wires.close();
        store.close();
        vertx.close().await();
    }

    /** The container's entry point; its settings are those of {@link AgentSettings}. */
    public static void main(String[] arguments) {
        // A name is looked up for each new connection, as by a client that has just started.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        System.setProperty("vertx.disableDnsResolver", "true");
        try {
            if (arguments.length > 0 && arguments[0].equals(ContainerSignal.ARGUMENT)) {
                ContainerSignal.main(List.of(arguments).subList(1, arguments.length), System.getenv());
                return;
            }
            Agent agent = start(AgentSettings.of(List.of(arguments), System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "agent-stop"));
            PodAccount.of(System.getenv())
                    .ifPresent(account -> ServiceLoader.load(Duty.class).forEach(duty -> duty.begin(account)));
            agent.store
                    .opened()
                    .onSuccess(id -> AgentLog.line("agent ready on port " + agent.port() + " after "
                            + ManagementFactory.getRuntimeMXBean().getUptime() + " ms"))
                    .onFailure(failure -> end(1, "the database cannot be opened: " + failure.getMessage()));
        } catch (ConfigurationException e) {
            end(2, FetchDesk.words(e));
        } catch (FiredrillException e) {
            end(1, FetchDesk.words(e));
        }
    }

    private static void end(int status, String why) {
        System.err.println(why);
        Runtime.getRuntime().halt(status);
    }
}

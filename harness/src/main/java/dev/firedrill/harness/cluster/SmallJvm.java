package dev.firedrill.harness.cluster;

import java.util.List;

/**
 * How a Java program of a drill is run in a pod, on any kind of cluster that is started here: small, started quickly,
 * and soon aware of changed names.
 *
 * <p>Source: java(1); {@code networkaddress.cache.ttl} of "Networking Properties".
 */
public final class SmallJvm {
    /** Netty's events for the flight recorder wake it, recording or not: 50 ms of a processor at every start. */
    public static final String NO_FLIGHT_RECORDER = "-Dio.netty.jfr.enabled=false";

    /** Options of the JVM. A higher compile threshold pays where much is run once. */
    public static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:CompileThresholdScaling=2",
            "-Xms64m",
            "-Xmx96m",
            "-Xss512k",
            "-XX:-UsePerfData",
            NO_FLIGHT_RECORDER,
            "-Xshare:auto");

    /** What a JVM needs to use an archive of class data, and to say nothing of one that does not fit. */
    public static final List<String> QUIET_ARCHIVE = List.of(
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            // Anywhere else than where it was made for, an archive is rewritten in memory, and shared with nobody.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0");

    /** Security properties: a resolved name is kept for a second, a failure not at all. */
    public static final String SECURITY = """
            networkaddress.cache.ttl=1
            networkaddress.cache.negative.ttl=0
            """;

    private SmallJvm() {}
}

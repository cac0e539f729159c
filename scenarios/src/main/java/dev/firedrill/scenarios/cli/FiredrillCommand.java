package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.model.Verdict;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The program {@code firedrill}: rehearses outages from the command line. */
@Command(
        name = "firedrill",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Rehearses outages on a throwaway Kubernetes. It breaks a small real system on purpose and demands an"
                    + " answer: did the right alert reach the pager in time, did delayed work arrive once and in"
                    + " order, and is everything put back?",
            "",
            "Needs a JDK and nothing else: no Docker, no root. Everything listens on loopback alone."
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        subcommands = {
            ReplayCommand.class,
            IncidentsCommand.class,
            UpCommand.class,
            FaultsCommand.class,
            InjectCommand.class,
            HealCommand.class,
            RoleCommand.class,
            ImageCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every expectation was met",
            "1:an expectation was not met",
            "2:bad input; nothing was started",
            "3:inconclusive: nothing can be said",
            "130:interrupted; everything was put back, or is named"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  firedrill replay knock-2024-06-03   an outage, with and without remedies",
            "  firedrill up                        the same system, for a look around",
            "  firedrill replay --help             all about one command",
            "",
            "In a clone, firedrill stands for: java -jar scenarios/target/firedrill.jar"
        })
public final class FiredrillCommand {
    /** Bad input: nothing was started. */
    static final int BAD_INPUT = 2;

    /** Ctrl-C: everything was put back, or it is said what was not. */
    static final int INTERRUPTED = 130;

    private FiredrillCommand() {}

    /** Runs a command and exits with its status. */
    public static void main(String[] args) {
        System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
        System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        Leash.take();
        int status = run(args);
        Interrupts.finished();
        System.exit(status);
    }

    /** Runs a command and returns its exit status. */
    static int run(String... args) {
        // Kept for people: libraries' complaints go elsewhere while a run goes on.
        PrintWriter terminal = new PrintWriter(System.err, true, Charset.defaultCharset());
        CommandLine line = new CommandLine(new FiredrillCommand());
        line.setErr(terminal);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler(FiredrillCommand::badInput);
        line.setExecutionExceptionHandler((failure, command, result) -> failed(failure, command));
        if (args.length == 0) {
            line.usage(terminal);
            return BAD_INPUT;
        }
        return execute(line, args);
    }

    /** An error such as an exhausted stack says nothing about a drill: it must not end as "not met". */
    static int execute(CommandLine line, String... args) {
        try {
            return line.execute(args);
        } catch (Error e) {
            return unexpected(e, line);
        }
    }

    private static int badInput(ParameterException failure, String[] args) {
        say(failure.getCommandLine(), Complaint.about(failure));
        return BAD_INPUT;
    }

    private static int failed(Exception failure, CommandLine command) {
        if (Interrupts.requested()) {
            return INTERRUPTED;
        }
        if (failure instanceof ConfigurationException) {
            say(command, failure.getMessage());
            return BAD_INPUT;
        }
        if (failure instanceof FiredrillException) {
            say(command, failure.getMessage());
        } else if (failure instanceof KubernetesClientException refused) {
            say(command, "the API server: " + ApiTrouble.inOneLine(refused));
        } else {
            return unexpected(failure, command);
        }
        return Verdict.INCONCLUSIVE.exitStatus();
    }

    private static int unexpected(Throwable failure, CommandLine command) {
        say(command, "unexpected " + failure + "; this is a bug, please report it with " + traceOf(failure));
        return Verdict.INCONCLUSIVE.exitStatus();
    }

    /** Where the trace was written; itself, if it cannot be. */
    private static String traceOf(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        try {
            return Files.writeString(Files.createTempFile("firedrill-bug-", ".txt"), trace.toString())
                    .toString();
        } catch (IOException e) {
            return "this: " + trace;
        }
    }

    private static void say(CommandLine command, @Nullable String message) {
        command.getErr().println("firedrill: " + String.valueOf(message).replaceAll("\\s*\\R\\s*", " "));
    }
}

package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.model.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code firedrill}: rehearses outages from the command line. */
@Command(
        name = "firedrill",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Rehearses outages on a throwaway Kubernetes.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ReplayCommand.class,
            IncidentsCommand.class,
            UpCommand.class,
            ReportCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every expectation was met",
            "1:an expectation was not met",
            "2:bad input; nothing was started",
            "3:inconclusive: nothing can be said",
            "130:interrupted; everything was put back"
        },
        footerHeading = "%nExample:%n",
        footer = "  firedrill replay knock-2024-06-03")
public final class FiredrillCommand {
    /** Bad input: nothing was started. */
    static final int BAD_INPUT = 2;

    /** Ctrl-C: everything was put back. */
    static final int INTERRUPTED = 130;

    private static final String TRACE = "firedrill.stacktrace";

    private FiredrillCommand() {}

    /** Runs a command and exits with its status. */
    public static void main(String[] args) {
        int status = run(args);
        Interrupts.finished();
        System.exit(status);
    }

    /** Runs a command and returns its exit status. */
    static int run(String... args) {
        CommandLine line = new CommandLine(new FiredrillCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(FiredrillCommand::badInput);
        line.setExecutionExceptionHandler((failure, command, result) -> failed(failure, command));
        if (args.length == 0) {
            line.usage(System.out);
            return BAD_INPUT;
        }
        return line.execute(args);
    }

    private static int badInput(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        List<String> similar =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        say(
                command,
                String.valueOf(failure.getMessage()).replace('\n', ' ')
                        + (similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?")
                        + "; see: " + command.getCommandSpec().qualifiedName() + " --help");
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
            return Verdict.INCONCLUSIVE.exitStatus();
        }
        say(command, "unexpected " + failure + " (a bug: run again with -D" + TRACE + "=true and report it)");
        if (Boolean.getBoolean(TRACE)) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            command.getErr().println(trace);
        }
        return Verdict.INCONCLUSIVE.exitStatus();
    }

    private static void say(CommandLine command, @Nullable String message) {
        command.getErr().println("firedrill: " + message);
    }
}

package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.model.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, and what is allowed. */
final class Complaint {
    private Complaint() {}

    /** The line, without the program's name. */
    static String about(ParameterException failure) {
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        ArgSpec argument = failure.getArgSpec();
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unmatched(command, unmatched.getUnmatched().get(0));
        }
        if (failure instanceof MissingParameterException missing) {
            String lacking =
                    missing.getMissing().stream().map(Complaint::described).collect(Collectors.joining(" and "));
            return command.name() + " lacks " + lacking + seeHelp(command);
        }
        if (failure instanceof OverwrittenOptionException overwritten) {
            return name(overwritten.getOverwritten()) + " stands twice; give it once";
        }
        String value = failure.getValue();
        if (argument != null && value != null && argument.type().isEnum()) {
            return notOneOf(argument, value);
        }
        // What a converter says follows the library's own words, "Invalid value for option '--x': ".
        String words = String.valueOf(failure.getMessage()).replaceFirst("^Invalid value for [^:]*: ", "");
        return (argument == null ? "" : name(argument) + " ") + words.replaceAll("\\s+", " ") + seeHelp(command);
    }

    private static String unmatched(CommandSpec command, String word) {
        if (word.startsWith("-")) {
            String flag = word.replaceFirst("=.*", "");
            List<String> flags = command.options().stream()
                    .map(OptionSpec::longestName)
                    .sorted()
                    .toList();
            return "unknown flag \"" + flag + "\" of " + command.name() + "; allowed: " + String.join(", ", flags)
                    + Spelling.guess(flag, flags);
        }
        if (!command.subcommands().isEmpty()) {
            List<String> commands = new ArrayList<>(command.subcommands().keySet());
            return "unknown command \"" + word + "\"; allowed: " + String.join(", ", commands)
                    + Spelling.guess(word, commands);
        }
        String takes = command.positionalParameters().stream()
                .map(PositionalParamSpec::paramLabel)
                .collect(Collectors.joining(" "));
        return "\"" + word + "\" is one argument too many for " + command.name() + "; allowed: "
                + (takes.isEmpty() ? "flags alone" : "one " + takes) + seeHelp(command);
    }

    private static String notOneOf(ArgSpec argument, String value) {
        List<String> allowed = Arrays.stream(argument.type().getEnumConstants())
                .map(each -> each.toString().toLowerCase(Locale.ROOT))
                .toList();
        return name(argument) + " cannot be \"" + value + "\"; allowed: " + String.join(", ", allowed)
                + Spelling.guess(value, allowed);
    }

    private static String described(ArgSpec argument) {
        return argument.isOption() ? "a value for " + name(argument) : argument.paramLabel();
    }

    private static String name(@Nullable ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName()
                : argument == null ? "" : argument.paramLabel();
    }

    private static String seeHelp(CommandSpec command) {
        return "; see: " + command.qualifiedName() + " --help";
    }
}

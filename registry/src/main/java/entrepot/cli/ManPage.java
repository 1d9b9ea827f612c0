package entrepot.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A command's page for `man`, of what the command says of itself. Source: man(7).
record ManPage(CommandSpec spec) {

    /// Such as `entrepot-account-create`.
    String name() {
        return spec.qualifiedName("-");
    }

    String roff() {
        return Stream.of(head(), description(), options(), commands(), notes()).collect(Collectors.joining());
    }

    private String head() {
        var summary = Stream.of(spec.usageMessage().description()).findFirst().orElse("");
        return """
                .TH "%s" "1" "" "%s" "Entrepot"
                .SH NAME
                %s \\- %s
                .SH SYNOPSIS
                .nf
                %s
                .fi
                """.formatted(
                        name().toUpperCase(Locale.ROOT),
                        String.join(" ", new Version().getVersion()),
                        plain(name()),
                        plain(summary),
                        plain(help().synopsis(0).strip()));
    }

    private CommandLine.Help help() {
        return new CommandLine.Help(spec, Ansi.OFF);
    }

    private String description() {
        return section("DESCRIPTION", text(spec.usageMessage().description()));
    }

    private String options() {
        var parameters = spec.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .map(ManPage::parameter);
        var options = spec.options().stream().filter(option -> !option.hidden()).map(ManPage::option);
        return section("OPTIONS", Stream.concat(parameters, options).collect(Collectors.joining()));
    }

    private static String parameter(PositionalParamSpec parameter) {
        return entry("\\fI" + plain(parameter.paramLabel()) + "\\fR", parameter.description());
    }

    private static String option(OptionSpec option) {
        var names = Stream.of(option.names()).map(name -> "\\fB" + plain(name) + "\\fR");
        var label = option.typeInfo().isBoolean() ? "" : "=\\fI" + plain(option.paramLabel()) + "\\fR";
        return entry(names.collect(Collectors.joining(", ")) + label, option.description());
    }

    private String commands() {
        return section(
                "COMMANDS",
                spec.subcommands().values().stream()
                        .map(command -> entry(
                                "\\fB" + plain(new ManPage(command.getCommandSpec()).name()) + "\\fR(1)",
                                command.getCommandSpec().usageMessage().description()))
                        .collect(Collectors.joining()));
    }

    private String notes() {
        var lines = Stream.of(spec.usageMessage().footer())
                .filter(line -> !line.isBlank())
                .map(ManPage::plain)
                .collect(Collectors.joining("\n", "", "\n"));
        return lines.isBlank() ? "" : section("NOTES", ".nf\n" + lines + ".fi\n");
    }

    private static String entry(String head, String... lines) {
        return ".TP\n" + head + "\n" + text(lines);
    }

    private static String text(String... lines) {
        return Stream.of(lines).map(line -> plain(line) + "\n").collect(Collectors.joining());
    }

    private static String section(String name, String text) {
        return text.isEmpty() ? "" : ".SH " + name + "\n" + text;
    }

    /// What roff takes for itself, as the text that it is.
    private static String plain(String text) {
        return text.lines()
                .map(line -> line.replace("%%", "%").replace("\\", "\\e").replace("-", "\\-"))
                .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
                .collect(Collectors.joining("\n"));
    }
}

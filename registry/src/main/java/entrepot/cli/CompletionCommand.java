package entrepot.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Completion of commands and options by a shell.
@Command(
        name = "completion",
        description = "Prints a script that has a shell complete entrepot's commands and options.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "For this shell:      source <(entrepot completion bash)",
            "For all of bash:     entrepot completion bash > /etc/bash_completion.d/entrepot",
            "In zsh's ~/.zshrc:   source <(entrepot completion zsh)"
        })
final class CompletionCommand implements Runnable {

    /// Those that are spoken.
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}; one script is for both.")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // required; told so that another one is refused
    private Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        out.println(AutoComplete.bash("entrepot", spec.root().commandLine()));
        out.flush();
    }
}

package entrepot.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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

    @Parameters(paramLabel = "SHELL", description = "bash or zsh; one script is for both.")
    @SuppressWarnings("NullAway.Init") // required
    private String shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Override
    public void run() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new ParameterException(spec.commandLine(), "SHELL: must be bash or zsh");
        }
        var out = spec.commandLine().getOut();
        out.println(AutoComplete.bash("entrepot", spec.root().commandLine()));
        out.flush();
    }
}

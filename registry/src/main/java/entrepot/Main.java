package entrepot;

import entrepot.cli.CommandLines;
import entrepot.cli.OutOfMemoryExit;

/// Where the program begins.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        OutOfMemoryExit.watchThreads();
        System.exit(CommandLines.run(arguments));
    }
}

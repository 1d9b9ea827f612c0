package entrepot;

import entrepot.cli.Entrepot;

/// Where the program begins.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Entrepot.run(arguments));
    }
}

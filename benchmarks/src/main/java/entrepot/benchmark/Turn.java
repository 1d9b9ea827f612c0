package entrepot.benchmark;

import java.io.IOException;

/// What a server does whenever it is its turn, where one server takes several.
record Turn(String name, ServerProcess server, Preparation preparation) implements Contender {

    interface Preparation {
        Sample.Load prepare() throws IOException;
    }

    Sample.Load prepare() throws IOException {
        return preparation.prepare();
    }
}

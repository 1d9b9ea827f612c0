package entrepot.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What servers do whenever it is their turn, where the same ones take several turns, or several make one contender.
///
/// @param servers at least one
record Turn(String name, List<ServerProcess> servers, Map<String, List<ServerProcess>> helpers, Preparation preparation)
        implements Contender {

    interface Preparation {
        Sample.Load prepare() throws IOException;
    }

    Turn(String name, ServerProcess server, Preparation preparation) {
        this(name, List.of(server), Map.of(), preparation);
    }

    @Override
    public ServerProcess server() {
        return servers.getFirst();
    }

    Sample.Load prepare() throws IOException {
        return preparation.prepare();
    }
}

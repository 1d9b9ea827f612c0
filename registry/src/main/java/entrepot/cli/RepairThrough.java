package entrepot.cli;

import entrepot.admin.AdminClient;
import entrepot.check.Repair;
import entrepot.check.RepairText;
import entrepot.domain.BlobKey;
import entrepot.server.CheckCommands;
import entrepot.server.CheckCommands.Act;
import entrepot.store.Leases.Lease;
import entrepot.store.Repairs.Walk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Has the server that owns a folder do it.
///
/// @param socket the server's
record RepairThrough(Path socket) implements Repair {

    @Override
    public Optional<Lease> take(String name) throws IOException {
        return ask(Act.TAKE, List.of(name)).stream().findFirst().map(RepairText::turn);
    }

    @Override
    public void end(Lease turn) throws IOException {
        ask(Act.END, List.of(RepairText.of(turn)));
    }

    @Override
    public Optional<Walk> begun(String name) throws IOException {
        return ask(Act.BEGUN, List.of(name)).stream().findFirst().map(RepairText::walk);
    }

    /// What a check does, it does in its turn.
    @Override
    public void found(Walk walk, List<Finding> findings) {
        throw new UnsupportedOperationException("a server writes for nobody without a turn");
    }

    @Override
    public void found(Lease turn, Walk walk, List<Finding> findings) throws IOException {
        var arguments = new ArrayList<>(List.of(RepairText.of(turn), RepairText.of(walk)));
        arguments.addAll(RepairText.of(findings));
        ask(Act.FOUND, arguments);
    }

    @Override
    public Duration orphanAge() throws IOException {
        return Duration.parse(ask(Act.ORPHAN_AGE, List.of()).getFirst());
    }

    @Override
    public Map<BlobKey, String> remove(List<BlobKey> keys) throws IOException {
        var kept = new HashMap<BlobKey, String>();
        for (var line : ask(Act.REMOVE, keys.stream().map(BlobKey::value).toList())) {
            var end = line.indexOf(' ');
            kept.put(new BlobKey(line.substring(0, end)), line.substring(end + 1));
        }
        return kept;
    }

    private List<String> ask(Act act, List<String> given) throws IOException {
        var arguments = new ArrayList<>(List.of(act.name()));
        arguments.addAll(given);
        return AdminClient.call(socket, CheckCommands.NAME, arguments);
    }
}

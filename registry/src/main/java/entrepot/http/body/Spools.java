package entrepot.http.body;

import entrepot.domain.StoredManifest;
import entrepot.http.HeldContent;
import java.nio.file.Path;
import java.time.Duration;

/// Makes the spools of a server, which share its memory and the bytes that its disk has for them. Bodies, which nobody
/// has proven yet, take at most three quarters of those, answers a quarter.
public final class Spools {

    /// Nobody's body or answer may have more than a quarter of what is left on the disk.
    private static final int PART = 4;

    private final MemoryBudget memory;
    private final SpoolFolder folder;
    private final Room bodies;
    private final Room answers;

    /// @param bytes on the disk in all
    public Spools(MemoryBudget memory, SpoolFolder folder, long bytes) {
        this(memory, folder, bytes, MemoryBudget.PATIENCE);
    }

    /// @param patience how long one waits for room on the disk
    public Spools(MemoryBudget memory, SpoolFolder folder, long bytes, Duration patience) {
        this(memory, folder, new Room(bytes - bytes / 4, PART, patience), new Room(bytes / 4, PART, patience));
    }

    Spools(MemoryBudget memory, SpoolFolder folder, Room bodies, Room answers) {
        this.memory = memory;
        this.folder = folder;
        this.bodies = bodies;
        this.answers = answers;
    }

    /// With files in this folder, which is made when the first one is needed.
    public static Spools in(Path folder, long bytes) {
        return new Spools(MemoryBudget.ofHeap(), SpoolFolder.in(folder), bytes);
    }

    public MemoryBudget memory() {
        return memory;
    }

    /// Whether an answer of so many bytes could wait in memory now.
    public boolean mayHold(int bytes) {
        return memory.held().has(bytes);
    }

    /// For a body that is on its way here.
    public Spool forBody() {
        return new Spool(memory.held(), bodies, folder);
    }

    /// For an answer that waits for its client.
    public Spool forAnswer() {
        return new Spool(memory.held(), answers, folder);
    }

    /// A manifest that is sent from where it is stored, at once if there is room for all of it. Fails with `Throttling`
    /// where there is none for a piece of it.
    public HeldContent answer(StoredManifest manifest) {
        var spool = forAnswer();
        if (!spool.takesInMemory(manifest.length())) {
            return new ManifestPieces(manifest, memory.held());
        }
        try {
            return spool.holding(manifest.read(0, manifest.length())).content();
        } catch (RuntimeException | Error e) {
            spool.close();
            throw e;
        }
    }

    /// An answer that is in memory already, and stays there until its client has taken it, or goes to the disk.
    public HeldContent answer(byte[] bytes) {
        return forAnswer().with(bytes).content();
    }
}

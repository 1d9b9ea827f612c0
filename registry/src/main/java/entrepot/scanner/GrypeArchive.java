package entrepot.scanner;

import entrepot.domain.ScannerRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// What `grype db import` reads: a tar of `vulnerability.db`, compressed or not. There is no media type for it, so a
/// manifest's only layer is taken. Grype unpacks it, as confined as when it scans. Source: Grype's manual, "Air
/// gapped".
final class GrypeArchive implements DatabaseArchive {

    private static final int LONGEST_MAGIC = 6;

    /// What the first bytes say, since Grype goes by the name.
    private static final Map<String, String> ENDINGS =
            Map.of("1f8b", ".tar.gz", "28b52ffd", ".tar.zst", "fd377a585a00", ".tar.xz");

    private final ScannerRules rules;

    GrypeArchive(ScannerRules rules) {
        this.rules = rules;
    }

    @Override
    public boolean isOf(String mediaType) {
        return true;
    }

    @Override
    public void unpack(Path archive, Path folder, Path work, Room room) throws IOException, InterruptedException {
        room.require();
        var named = Files.createLink(work.resolve("database" + ending(archive)), archive);
        var scratch = Files.createDirectories(work.resolve("scratch"));
        var engine = new Grype(rules.command(), scratch.resolve("database"));
        new ScannerProcess(work, rules.timeout(), rules.memory(), () -> {})
                .run(
                        List.of(rules.command().toString(), "db", "import", named.toString(), "-q"),
                        engine.environment(),
                        work.resolve("output"));
        Files.delete(named);
        Files.move(engine.database().resolve("6"), folder.resolve("6"));
    }

    private static String ending(Path archive) throws IOException {
        try (var bytes = Files.newInputStream(archive)) {
            var magic = HexFormat.of().formatHex(bytes.readNBytes(LONGEST_MAGIC));
            return ENDINGS.entrySet().stream()
                    .filter(each -> magic.startsWith(each.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(".tar");
        }
    }
}

package entrepot.scanner;

import entrepot.domain.ScannerRules;
import java.io.IOException;
import java.nio.file.Path;

/// What a scanner's database is packed in, where a registry has it. Nobody vouches for it.
public interface DatabaseArchive {

    static DatabaseArchive of(ScannerRules rules) {
        return switch (rules.engine()) {
            case TRIVY -> new TrivyArchive();
            case GRYPE -> new GrypeArchive(rules);
            case NONE -> throw new IllegalArgumentException("there is no scanner");
        };
    }

    /// Whether a layer of this media type is one.
    boolean isOf(String mediaType);

    /// Unpacks it.
    ///
    /// @param folder an empty one, which is the scanner's database then
    /// @param work for what is needed meanwhile
    /// @throws ScanFailedException if it is none, or has anything else in it, or too much
    void unpack(Path archive, Path folder, Path work, Room room) throws IOException, InterruptedException;

    /// What may be written.
    interface Room {

        /// In bytes, all files together.
        long most();

        /// Is asked now and then before more is written, and fails where there is no room.
        void require() throws IOException;
    }
}

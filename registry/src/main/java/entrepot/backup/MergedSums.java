package entrepot.backup;

import entrepot.domain.BlobKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The sums of several snapshots, each blob once, in the order of keys.
final class MergedSums implements AutoCloseable {

    private final List<Sums> all = new ArrayList<>();

    MergedSums(List<Path> files) throws IOException {
        try {
            for (var file : files) {
                all.add(new Sums(file));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// Empty at the end.
    Optional<Sum> next() throws IOException {
        var first = all.stream()
                .flatMap(sums -> sums.peek().stream())
                .min((one, other) -> one.key().compareTo(other.key()));
        if (first.isPresent()) {
            pass(first.get().key());
        }
        return first;
    }

    private void pass(BlobKey key) throws IOException {
        for (var sums : all) {
            if (sums.of(key).isPresent()) {
                sums.read();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (var sums : all) {
            sums.close();
        }
    }
}

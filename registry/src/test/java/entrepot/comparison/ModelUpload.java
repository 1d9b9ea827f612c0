package entrepot.comparison;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An upload of a layer into one repository, in parts far below 5 MiB.
final class ModelUpload {

    final String name;
    final ModelRepository repository;
    final String id;
    private String received = "";
    private final List<Part> byJson = new ArrayList<>();
    private int parts;
    private @Nullable String completedAs;
    private boolean cancelled;

    /// What came by JSON may come again.
    private record Part(int from, String text) {}

    ModelUpload(String name, ModelRepository repository, String id) {
        this.name = name;
        this.repository = repository;
        this.id = id;
    }

    String received() {
        return received;
    }

    boolean isOpen() {
        return completedAs == null && !cancelled;
    }

    /// @param from where the part says to begin
    Outcome append(boolean byJson, int from, String part) {
        if (!isOpen()) {
            return Outcome.UPLOAD_ABSENT;
        }
        if (from == received.length()) {
            received += part;
            parts++;
            if (byJson) {
                this.byJson.add(new Part(from, part));
            }
            return Outcome.DONE;
        }
        return byJson && this.byJson.contains(new Part(from, part)) ? Outcome.DONE : Outcome.PART_MISPLACED;
    }

    Outcome complete(boolean byJson, String digest) {
        if (cancelled) {
            return Outcome.UPLOAD_ABSENT;
        }
        if (completedAs != null) {
            return completedBefore(digest);
        }
        if (byJson && received.isEmpty()) {
            return Outcome.LAYER_EMPTY;
        }
        if (byJson && parts > 1) {
            return Outcome.PART_TOO_SMALL;
        }
        if (!ModelManifest.sha256(received).equals(digest)) {
            return Outcome.LAYER_OF_ANOTHER;
        }
        completedAs = digest;
        return repository.layers.put(digest, received) == null ? Outcome.DONE : Outcome.LAYER_THERE;
    }

    /// On `/v2`, with a last part that goes to the end, and counts if this becomes a layer. One sent again tells by its
    /// digest what became of the first.
    Outcome completeWith(String part, String digest) {
        if (!isOpen()) {
            return complete(false, digest);
        }
        var before = received;
        received += part;
        var outcome = complete(false, digest);
        if (isOpen()) {
            received = before;
        }
        return outcome;
    }

    private Outcome completedBefore(String digest) {
        if (!digest.equals(completedAs)) {
            return Outcome.LAYER_OF_ANOTHER;
        }
        return repository.layers.containsKey(digest) ? Outcome.LAYER_THERE : Outcome.UPLOAD_ABSENT;
    }

    Outcome cancel() {
        if (!isOpen()) {
            return Outcome.UPLOAD_ABSENT;
        }
        cancelled = true;
        return Outcome.DONE;
    }

    @Override
    public String toString() {
        return "upload " + id + " of '" + received + "' to " + name;
    }
}

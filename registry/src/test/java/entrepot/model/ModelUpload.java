package entrepot.model;

import org.jspecify.annotations.Nullable;

/// An upload of a layer into one repository, in parts far below 5 MiB.
final class ModelUpload {

    final String name;
    final ModelRepository repository;
    final String id;
    private String received = "";
    private String lastPart = "";
    private int parts;
    private @Nullable String completedAs;
    private boolean cancelled;

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
            lastPart = part;
            parts++;
            return Outcome.DONE;
        }
        var isLastAgain = parts > 0 && part.equals(lastPart) && from == received.length() - part.length();
        return byJson && isLastAgain ? Outcome.DONE : Outcome.PART_MISPLACED;
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

    /// On `/v2`, with a last part that goes to the end. One sent again tells by its digest what became of the first.
    Outcome completeWith(String part, String digest) {
        append(false, received.length(), part);
        return complete(false, digest);
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

package entrepot.replication;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.EntityTags;
import entrepot.domain.RepositoryArn;
import entrepot.domain.Tag;
import entrepot.replication.PeerCalls.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A registry of another server. A tag is changed on the condition that it still is as it was just seen to be: so a
/// request that comes late changes nothing that came after it.
final class PeerDestination implements Destination {

    /// Somebody there moves the tag at the same time.
    private static final int TRIES = 5;

    private final PeerCalls calls;
    private final PeerUploads uploads;

    PeerDestination(PeerCalls calls, PeerUploads uploads) {
        this.calls = calls;
        this.uploads = uploads;
    }

    @Override
    public boolean has(RepositoryArn repository, Digest image) throws IOException, InterruptedException {
        return find(repository, image.toString()).isPresent();
    }

    /// The image that it has by this name, if it can be pulled. One that it keeps from everybody for what a scan
    /// found in it cannot; who has no rights there is told so when he writes.
    private Optional<String> find(RepositoryArn repository, String reference) throws IOException, InterruptedException {
        var answer = calls.send("HEAD", manifest(repository, reference), repository, Map.of("Accept", "*/*"));
        if (answer.status() == 404 || answer.status() == 403) {
            return Optional.empty();
        }
        require(answer);
        return Optional.of(answer.headers().getOrDefault("Docker-Content-Digest", ""));
    }

    @Override
    public void layer(RepositoryArn repository, Digest layer) throws IOException, InterruptedException {
        uploads.bring(repository, layer);
    }

    @Override
    public void put(RepositoryArn repository, Digest image, Brought manifest) throws IOException, InterruptedException {
        if (manifest.tags().isEmpty()) {
            require(put(repository, image.toString(), manifest, Map.of()));
        }
        for (var tag : manifest.tags()) {
            tag(repository, image, manifest, tag);
        }
    }

    private void tag(RepositoryArn repository, Digest image, Brought manifest, Tag tag)
            throws IOException, InterruptedException {
        var isHidden = false;
        for (int i = 0; i < TRIES; i++) {
            var now = find(repository, tag.name());
            if (now.filter(image.toString()::equals).isPresent()) {
                return;
            }
            var answer = put(repository, name(image, tag), manifest, isHidden ? Map.of() : condition(now.orElse(null)));
            if (answer.code().equals("TAG_INVALID")) {
                require(put(repository, image.toString(), manifest, Map.of()));
                return;
            }
            if (answer.status() != 412) {
                require(answer);
                return;
            }
            isHidden = now.isEmpty(); // by an image that is archived, or kept from everybody
        }
        throw new IOException("the tag '%s' is moved there all the time".formatted(tag));
    }

    /// The peer computes SHA-256 of what is named by a tag alone.
    private static String name(Digest image, Tag tag) {
        return image.algorithm() == Digest.Algorithm.SHA256 ? tag.name() : image + "?tag=" + tag;
    }

    private static Map<String, String> condition(@Nullable String now) {
        return now == null ? Map.of("If-None-Match", "*") : Map.of("If-Match", '"' + now + '"');
    }

    private Answer put(RepositoryArn repository, String name, Brought manifest, Map<String, String> condition)
            throws IOException, InterruptedException {
        var headers = new HashMap<>(condition);
        headers.put("Content-Type", manifest.type().value());
        var body = new Content.Bytes(manifest.bytes().toByteArray());
        return calls.send("PUT", manifest(repository, name), repository, headers, body);
    }

    @Override
    public void untag(RepositoryArn repository, Tag tag, Digest image) throws IOException, InterruptedException {
        var condition = Map.of("If-Match", EntityTags.of(image));
        delete(calls.send("DELETE", manifest(repository, tag.name()), repository, condition));
    }

    @Override
    public void untag(RepositoryArn repository, Tag tag) throws IOException, InterruptedException {
        if (find(repository, tag.name()).isPresent()) {
            delete(calls.send("DELETE", manifest(repository, tag.name()), repository, Map.of()));
        }
    }

    @Override
    public void delete(RepositoryArn repository, Digest image) throws IOException, InterruptedException {
        delete(calls.send("DELETE", manifest(repository, image.toString()), repository, Map.of()));
    }

    /// It is not there, a list names it, or the tag points elsewhere.
    private static void delete(Answer answer) throws IOException {
        if (answer.status() != 404 && answer.status() != 405 && answer.status() != 412) {
            require(answer);
        }
    }

    private static String manifest(RepositoryArn repository, String name) {
        return "/v2/" + repository.repository() + "/manifests/" + name;
    }

    static void require(Answer answer) throws IOException {
        if (!answer.isDone()) {
            throw answer.failure();
        }
    }
}

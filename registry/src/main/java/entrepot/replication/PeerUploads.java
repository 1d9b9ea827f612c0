package entrepot.replication;

import entrepot.domain.Digest;
import entrepot.domain.RepositoryArn;
import entrepot.operation.layer.ReadLayer;
import entrepot.replication.PeerCalls.Answer;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Layers on their way to a peer, in parts. Where an upload goes on is written down, so that it does after either side
/// has died.
///
/// Source: OCI distribution specification, "Pushing a blob in chunks".
record PeerUploads(
        PeerCalls calls, String destination, SourceLayers layers, MetadataStore metadata, InstantSource clock) {

    /// Of a part, in bytes.
    private static final long PART = 32L << 20;

    private static final Pattern RANGE = Pattern.compile("0-([0-9]{1,18})");
    private static final Pattern LOCATION = Pattern.compile("/v2/[\\x21-\\x7e]+");

    void bring(RepositoryArn repository, Digest layer) throws IOException, InterruptedException {
        var blob = "/v2/" + repository.repository() + "/blobs/" + layer;
        var head = calls.send("HEAD", blob, repository, Map.of());
        if (head.status() == 404 || head.status() == 403) { // who may not write is told why
            send(repository, layer);
        } else {
            PeerDestination.require(head);
        }
        metadata.transactGuarded(tx -> {
            tx.replication().forgetUpload(destination, repository, layer);
            return layer;
        });
    }

    private void send(RepositoryArn repository, Digest layer) throws IOException, InterruptedException {
        var begun = metadata.ask(tx -> tx.replication().upload(destination, repository, layer));
        if (begun.isPresent()) {
            var status = calls.send("GET", begun.get(), repository, Map.of());
            if (status.isDone()) {
                send(repository, layer, begun.get(), received(status));
                return;
            }
            if (status.status() != 404) {
                throw status.failure();
            }
        }
        var location = begin(repository, layer);
        if (location.isPresent()) {
            send(repository, layer, location.get(), 0);
        }
    }

    /// Empty if the peer had it in another repository.
    private Optional<String> begin(RepositoryArn repository, Digest layer) throws IOException, InterruptedException {
        var path = "/v2/%s/blobs/uploads/?mount=%s".formatted(repository.repository(), layer);
        var answer = calls.send("POST", path, repository, Map.of());
        PeerDestination.require(answer);
        if (answer.status() == 201) {
            return Optional.empty();
        }
        var location = location(answer);
        metadata.transactGuarded(tx -> {
            tx.replication().putUpload(destination, repository, layer, location, clock.instant());
            return layer;
        });
        return Optional.of(location);
    }

    /// The peer's own: nothing that it says has us ask somebody else.
    private static String location(Answer answer) throws IOException {
        var location = answer.headers().getOrDefault("Location", "");
        if (!LOCATION.matcher(location).matches()) {
            throw new IOException("the peer does not say where the upload goes on");
        }
        return location;
    }

    private void send(RepositoryArn repository, Digest layer, String begun, long from)
            throws IOException, InterruptedException {
        var bytes = layers.open(repository, layer);
        var location = begun;
        for (var at = from; at < bytes.size(); at += PART) {
            location = location(part(repository, bytes, location, at));
        }
        var end = location + (location.contains("?") ? "&" : "?") + "digest=" + layer;
        PeerDestination.require(taken(repository, layer, calls.send("PUT", end, repository, Map.of())));
    }

    private Answer part(RepositoryArn repository, ReadLayer.Output bytes, String location, long at)
            throws IOException, InterruptedException {
        var length = Math.min(PART, bytes.size() - at);
        var headers = Map.of("Content-Type", "application/octet-stream", "Content-Range", at + "-" + (at + length - 1));
        var content = bytes.bytes().open(at, length);
        var answer = taken(repository, bytes.digest(), calls.send("PATCH", location, repository, headers, content));
        PeerDestination.require(answer);
        return answer;
    }

    /// What is refused begins anew the next time.
    private Answer taken(RepositoryArn repository, Digest layer, Answer answer) {
        if (answer.status() / 100 == 4 && answer.status() != 401 && answer.status() != 429) {
            metadata.transactGuarded(tx -> {
                tx.replication().forgetUpload(destination, repository, layer);
                return layer;
            });
        }
        return answer;
    }

    /// How many bytes there are. One and none look alike: where there is one, it is refused to come again, and all
    /// begins anew.
    private static long received(Answer answer) {
        var range = RANGE.matcher(answer.headers().getOrDefault("Range", ""));
        var last = range.matches() ? Long.parseLong(range.group(1)) : 0;
        return last == 0 ? 0 : last + 1;
    }
}

package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/// A registry by its `/v2` (OCI distribution specification), asked as docker asks: POST, PATCH, PUT for a layer.
///
/// @param authorization the header's value, or nothing for a registry that asks for none
record Registry(String name, ServerProcess server, InetSocketAddress address, String authorization, String repository)
        implements Contender.Puller, Contender.Pusher, Contender.Putter {
    static final String REPOSITORY = "benchmark";

    Registry named(String other) {
        return new Registry(other, server, address, authorization, repository);
    }

    Registry in(String otherRepository) {
        return new Registry(name, server, address, authorization, otherRepository);
    }

    @Override
    public void store(List<Blob> blobs) throws IOException {
        push(blobs);
    }

    @Override
    public byte[] get(Blob blob) {
        return head("GET", path(blob), "");
    }

    /// The whole request for some bytes of the blob.
    byte[] get(Blob blob, long first, int count) {
        return head("GET", path(blob), "Range: bytes=%d-%d\r\n".formatted(first, first + count - 1));
    }

    private String path(Blob blob) {
        return "/v2/" + repository + "/blobs/" + blob.digest();
    }

    /// The whole request for a manifest.
    byte[] manifest(String tag) {
        return manifest("GET", tag);
    }

    /// The whole request for a manifest, or for what a GET would be told of it.
    ///
    /// @param reference tag or digest
    byte[] manifest(String method, String reference) {
        var path = "/v2/" + repository + "/manifests/" + reference;
        return head(method, path, "Accept: " + TaggedManifest.MEDIA_TYPE + "\r\n");
    }

    /// The whole request for what names a manifest as its subject.
    byte[] referrers(String digest, String query) {
        return head("GET", "/v2/" + repository + "/referrers/" + digest + query, "");
    }

    /// The whole request for a page of tags.
    byte[] tags(String tagged, String query) {
        return head("GET", "/v2/" + tagged + "/tags/list?" + query, "");
    }

    @Override
    public void push(List<Blob> blobs) throws IOException {
        Clients.run(address, blobs, this::push);
    }

    private void push(HttpConnection connection, Blob blob) throws IOException {
        var begun = begin(connection);
        connection.send(head("PATCH", begun, body("application/octet-stream", blob.size())));
        connection.send(blob);
        var sent = location(connection.receive(202, bytes -> {}));
        var end = sent + (sent.contains("?") ? "&" : "?") + "digest=" + blob.digest();
        connection.exchange(head("PUT", end, "Content-Length: 0\r\n"), 201);
    }

    private String begin(HttpConnection connection) throws IOException {
        var uploads = "/v2/" + repository + "/blobs/uploads/";
        return location(connection.exchange(head("POST", uploads, "Content-Length: 0\r\n"), 202));
    }

    private static String location(AnswerHead answer) {
        var location = URI.create(answer.header("location").orElseThrow());
        return location.getRawPath() + (location.getRawQuery() == null ? "" : "?" + location.getRawQuery());
    }

    @Override
    public List<byte[]> puts(List<TaggedManifest> manifests) {
        return manifests.stream().map(this::put).toList();
    }

    private byte[] put(TaggedManifest manifest) {
        var path = "/v2/" + repository + "/manifests/" + manifest.tag();
        var head = head(
                "PUT", path, body(TaggedManifest.MEDIA_TYPE, manifest.manifest().length()));
        return (new String(head, ISO_8859_1) + manifest.manifest()).getBytes(UTF_8);
    }

    private static String body(String mediaType, long length) {
        return "Content-Type: %s\r\nContent-Length: %d\r\n".formatted(mediaType, length);
    }

    private byte[] head(String method, String target, String headers) {
        var credential = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n";
        var host = address.getHostString() + ":" + address.getPort();
        return "%s %s HTTP/1.1\r\nHost: %s\r\n%s%s\r\n"
                .formatted(method, target, host, credential, headers)
                .getBytes(ISO_8859_1);
    }
}

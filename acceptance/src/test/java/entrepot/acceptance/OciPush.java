package entrepot.acceptance;

import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Plain requests on `/v2` with a login.
final class OciPush implements AutoCloseable {

    private static final String BLOB_TYPE = "application/octet-stream";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String login = "Basic "
            + Base64.getEncoder().encodeToString(("AWS:" + Served.password()).getBytes(StandardCharsets.UTF_8));

    HttpResponse<byte[]> call(String method, String path, String type, byte[] body) {
        var request = HttpRequest.newBuilder(Served.URL.resolve(path))
                .method(method, BodyPublishers.ofByteArray(body))
                .header("Authorization", login)
                .header(method.equals("GET") ? "Accept" : "Content-Type", type)
                .build();
        try {
            return client.send(request, ofByteArray());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(method + " " + path, failure);
        }
    }

    /// Without a login, as a download URL is used.
    byte[] get(URI url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(url).build(), ofByteArray()).body();
    }

    /// The status of the completing PUT.
    int blob(String repository, byte[] blob) {
        var begun = call("POST", "/v2/" + repository + "/blobs/uploads/", BLOB_TYPE, new byte[0]);
        var location = begun.headers().firstValue("Location").orElseThrow();
        var joint = location.contains("?") ? "&" : "?";
        return call("PUT", location + joint + "digest=" + SampleImage.digestOf(blob), BLOB_TYPE, blob)
                .statusCode();
    }

    /// The status of the manifest's PUT.
    int manifest(String repository, String tag, SampleImage image) {
        var body = image.manifest().getBytes(StandardCharsets.UTF_8);
        return call("PUT", manifestPath(repository, tag), SampleImage.TYPE, body)
                .statusCode();
    }

    HttpResponse<byte[]> manifest(String repository, String tag) {
        return call("GET", manifestPath(repository, tag), SampleImage.TYPE, new byte[0]);
    }

    private static String manifestPath(String repository, String tag) {
        return "/v2/" + repository + "/manifests/" + tag;
    }

    @Override
    public void close() {
        client.close();
    }
}

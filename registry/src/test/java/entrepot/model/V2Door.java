package entrepot.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.RunningServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/v2` by plain requests.
record V2Door(RunningServer server) implements Door {

    private static final byte[] NOTHING = new byte[0];
    private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");
    private static final Pattern TAGS = Pattern.compile("\"([^\"]+)\"(?=[^\\[]*\\])");
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    static String outcome(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 == 2) {
            return "ok";
        }
        var code = CODE.matcher(answer.body());
        return answer.statusCode() + (code.find() ? " " + code.group(1) : "");
    }

    @Override
    public boolean isJson() {
        return false;
    }

    /// A tag and a digest at once have no form here, so the digest is left out.
    @Override
    public String put(String repository, ModelManifest manifest, @Nullable String tag, @Nullable String digest) {
        var reference = tag != null ? tag : digest != null ? digest : manifest.digest();
        var path = path(repository, "manifests", reference);
        return outcome(server.send("PUT", path, manifest.text().getBytes(UTF_8), "Content-Type", manifest.type()));
    }

    @Override
    public String delete(String repository, String reference, Set<String> deleted) {
        return outcome(server.send("DELETE", path(repository, "manifests", reference), NOTHING));
    }

    @Override
    public List<String> get(String repository, String reference) {
        var path = path(repository, "manifests", reference);
        var answer = server.get(path);
        return answer.statusCode() == 200
                ? List.of(answer.body(), header(answer, "Content-Type"), header(answer, "Docker-Content-Digest"))
                : List.of(outcome(answer));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("no " + name);
    }

    @Override
    public String layer(String repository, String digest) {
        var answer = server.get(path(repository, "blobs", digest));
        return answer.statusCode() == 200 ? answer.body() : outcome(answer);
    }

    String deleteLayer(String repository, String digest) {
        return outcome(server.send("DELETE", path(repository, "blobs", digest), NOTHING));
    }

    int head(String repository, String kind, String reference) {
        return server.send("HEAD", path(repository, kind, reference), NOTHING).statusCode();
    }

    @Override
    public String begin(String repository) {
        var answer = server.send("POST", path(repository, "blobs", "uploads/"), NOTHING);
        return answer.headers().firstValue("Docker-Upload-UUID").orElseGet(() -> outcome(answer));
    }

    /// At once, content and all.
    String push(String repository, String content) {
        var path = path(repository, "blobs", "uploads/?digest=" + ModelManifest.sha256(content));
        return outcome(server.send("POST", path, content.getBytes(UTF_8)));
    }

    @Override
    public String append(String repository, String upload, int from, String part) {
        var range = from + "-" + (from + part.length() - 1);
        return received(server.send("PATCH", upload(repository, upload), part.getBytes(UTF_8), "Content-Range", range));
    }

    /// How many bytes the upload has.
    String status(String repository, String upload) {
        return received(server.get(upload(repository, upload)));
    }

    private static String received(HttpResponse<String> answer) {
        return answer.statusCode() / 100 == 2
                ? Long.toString(1 + Long.parseLong(header(answer, "Range").replace("0-", "")))
                : outcome(answer);
    }

    String cancel(String repository, String upload) {
        return outcome(server.send("DELETE", upload(repository, upload), NOTHING));
    }

    @Override
    public String complete(String repository, String upload, String digest) {
        return completeWith(repository, upload, "", digest);
    }

    /// With a last part, which goes to the end.
    String completeWith(String repository, String upload, String part, String digest) {
        return outcome(server.send("PUT", upload(repository, upload) + "?digest=" + digest, part.getBytes(UTF_8)));
    }

    @Override
    public List<String> tags(String repository, int page) {
        var all = new ArrayList<String>();
        for (var next = path(repository, "tags", "list?n=" + page); next != null; ) {
            var answer = server.get(next);
            if (answer.statusCode() != 200) {
                return List.of(outcome(answer));
            }
            TAGS.matcher(answer.body().replaceFirst(".*\\[", "[")).results().forEach(tag -> all.add(tag.group(1)));
            var link = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
            next = link.find() ? link.group(1) : null;
        }
        return all;
    }

    private static String upload(String repository, String upload) {
        return path(repository, "blobs", "uploads/" + upload);
    }

    private static String path(String repository, String kind, String reference) {
        return "/v2/" + repository + "/" + kind + "/" + reference;
    }
}

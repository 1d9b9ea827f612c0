package entrepot.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.server.RunningServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/v2` by plain requests.
record V2Door(RunningServer server) implements Door {

    private static final byte[] NOTHING = new byte[0];
    private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");
    private static final Pattern TAGS = Pattern.compile("\"([^\"]+)\"(?=[^\\[]*\\])");
    private static final Pattern REFERRER = Pattern.compile(
            "\\{\"mediaType\":\"([^\"]+)\",\"digest\":\"([^\"]+)\"," + "\"size\":(\\d+),\"artifactType\":\"([^\"]+)\"");
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
        return putAt(path, manifest, List.of());
    }

    /// By digest, under all of the tags at once.
    String put(String repository, ModelManifest manifest, List<String> tags) {
        return putAt(
                path(repository, "manifests", manifest.digest() + "?tag=" + String.join("&tag=", tags)),
                manifest,
                tags);
    }

    /// A success also names the subject, and the tags that the path asks for.
    private String putAt(String path, ModelManifest manifest, List<String> tags) {
        var answer = server.send("PUT", path, manifest.text().getBytes(UTF_8), "Content-Type", manifest.type());
        if (answer.statusCode() / 100 != 2) {
            return outcome(answer);
        }
        var referral = manifest.referral();
        var subject = referral == null ? List.of() : List.of(referral.subject());
        var isTold = answer.headers().allValues("OCI-Subject").equals(subject)
                && answer.headers().allValues("OCI-Tag").equals(tags);
        return isTold ? "ok" : "ok, and told " + answer.headers().map();
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

    /// Whether the layer is there without an upload; the upload that is the answer otherwise is cancelled.
    String mount(String repository, String digest, String from) {
        var path = path(repository, "blobs", "uploads/?mount=" + digest + "&from=" + from);
        var answer = server.send("POST", path, NOTHING);
        return switch (answer.statusCode()) {
            case 201 -> "mounted";
            case 202 -> cancel(repository, header(answer, "Docker-Upload-UUID")).equals("ok") ? "upload" : "lost";
            default -> outcome(answer);
        };
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
        return paged(
                path(repository, "tags", "list?n=" + page),
                answer -> TAGS.matcher(answer.body().replaceFirst(".*\\[", "["))
                        .results()
                        .map(tag -> tag.group(1)));
    }

    @Override
    public List<String> referrers(String repository, String subject, @Nullable String artifactType, int page) {
        var filter = artifactType == null ? "" : "&artifactType=" + URLEncoder.encode(artifactType, UTF_8);
        return paged(
                path(repository, "referrers", subject + "?n=" + page + filter),
                answer -> REFERRER.matcher(answer.body())
                        .results()
                        .map(one -> one.group(2) + " " + one.group(1) + " " + one.group(4) + " " + one.group(3)));
    }

    private List<String> paged(String first, Function<HttpResponse<String>, Stream<String>> entries) {
        var all = new ArrayList<String>();
        for (var next = first; next != null; ) {
            var answer = server.get(next);
            if (answer.statusCode() != 200) {
                return List.of(outcome(answer));
            }
            entries.apply(answer).forEach(all::add);
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

package entrepot.oci;

import entrepot.domain.Digest;
import entrepot.domain.Reference;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.UploadId;
import entrepot.http.Query;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a method, a path and a query into an [OciRequest].
///
/// A repository may be called `team/tags/app` or `x/manifests/y`, so a path is read from the right: its last two or
/// three components say what it is about, all that is left of them is the name. Nothing is decoded before it is
/// split, and `%` is in no name, so that an encoded slash or dot ends as a malformed name.
final class OciPath {

    private static final Pattern PATH = Pattern.compile("/v2/(?:(?<tags>.*)/tags/list"
            + "|(?<referrers>.*)/referrers/(?<subject>[^/]*)"
            + "|(?<manifests>.*)/manifests/(?<reference>[^/]*)"
            + "|(?<uploads>.*)/blobs/uploads/?"
            + "|(?<upload>.*)/blobs/uploads/(?<id>[^/]+)"
            + "|(?<blobs>.*)/blobs/(?<digest>[^/]*))");

    private static final int MOST_TAGS = 100;
    private static final String ROOT = "/v2/";
    private static final String MANIFESTS = "/manifests";
    private static final String BLOBS = "/blobs";

    private final String method;
    private final Query query;
    private final Paging paging;

    private OciPath(String method, Query query, Form form) {
        this.method = method;
        this.query = query;
        this.paging = new Paging(query, form);
    }

    /// Fails with an OciException or a RegistryException that says what is wrong.
    static OciRequest parse(String method, String path, String query, Form form) {
        return new OciPath(method, Query.ofUri(query), form).read(path);
    }

    private OciRequest read(String path) {
        return switch (path) {
            case "/v2", "/v2/" -> choose(Map.of("GET", OciRequest.Ping::new));
            case "/v2/_catalog" -> choose(Map.of("GET", () -> paging.catalog()));
            default -> ofRepository(path);
        };
    }

    /// What is asked for most takes no pattern, which would find the same.
    private OciRequest ofRepository(String path) {
        var slash = path.lastIndexOf('/');
        var last = path.substring(slash + 1);
        var manifests = nameBefore(MANIFESTS, path, slash);
        if (manifests != null) {
            return manifest(manifests, colon(last));
        }
        var blobs = nameBefore(BLOBS, path, slash);
        return blobs != null && !last.equals("uploads") ? blob(blobs, colon(last)) : byPattern(path);
    }

    /// Null where the component that ends at `slash` is another one, or nothing of `/v2/` is before it.
    private static @Nullable String nameBefore(String component, String path, int slash) {
        var end = slash - component.length();
        return end >= ROOT.length() && path.startsWith(ROOT) && path.startsWith(component, end)
                ? path.substring(ROOT.length(), end)
                : null;
    }

    private OciRequest byPattern(String path) {
        var parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new OciException(404, "UNSUPPORTED", "There is nothing at this path");
        }
        if (parts.group("tags") != null) {
            return tags(parts.group("tags"));
        }
        if (parts.group("referrers") != null) {
            return referrers(parts.group("referrers"), colon(parts.group("subject")));
        }
        if (parts.group("manifests") != null) {
            return manifest(parts.group("manifests"), colon(parts.group("reference")));
        }
        if (parts.group("uploads") != null) {
            return uploads(parts.group("uploads"));
        }
        return parts.group("upload") != null
                ? upload(parts.group("upload"), parts.group("id"))
                : blob(parts.group("blobs"), colon(parts.group("digest")));
    }

    /// Some clients encode the colon of a digest, which means the same (RFC 3986, 2.2).
    private static String colon(String component) {
        return component.replace("%3A", ":").replace("%3a", ":");
    }

    private OciRequest tags(String name) {
        return choose(Map.of("GET", () -> paging.tags(new RepositoryName(name))));
    }

    private OciRequest referrers(String name, String subject) {
        return choose(Map.of("GET", () -> paging.referrers(new RepositoryName(name), Digest.parse(subject))));
    }

    private OciRequest manifest(String name, String reference) {
        return choose(Map.of(
                "GET", () -> new OciRequest.GetManifest(new RepositoryName(name), Reference.parse(reference)),
                "PUT", () -> new OciRequest.PutManifest(new RepositoryName(name), Reference.parse(reference), tags()),
                "DELETE", () -> new OciRequest.DeleteManifest(new RepositoryName(name), Reference.parse(reference))));
    }

    /// The specification leaves a registry its own bound on them.
    private List<Tag> tags() {
        var tags = query.all("tag").stream().distinct().toList();
        if (tags.size() > MOST_TAGS) {
            throw new OciException(414, "TAG_INVALID", "No more than %d tags can be set at once".formatted(MOST_TAGS));
        }
        return tags.stream().map(Tag::new).toList();
    }

    private OciRequest blob(String name, String digest) {
        return choose(Map.of(
                "GET", () -> new OciRequest.GetBlob(new RepositoryName(name), Digest.parse(digest)),
                "HEAD", () -> new OciRequest.HeadBlob(new RepositoryName(name), Digest.parse(digest)),
                "DELETE", () -> new OciRequest.DeleteBlob(new RepositoryName(name), Digest.parse(digest))));
    }

    private OciRequest uploads(String name) {
        return choose(Map.of("POST", () -> begin(new RepositoryName(name))));
    }

    private OciRequest begin(RepositoryName name) {
        var mount = query.first("mount");
        return mount.isPresent()
                ? mount(name, mount.get())
                : new OciRequest.StartUpload(
                        name, query.first("digest").map(Digest::parse).orElse(null));
    }

    /// What cannot be mounted, since no registry can have it, is to be uploaded.
    private OciRequest mount(RepositoryName name, String mount) {
        var digest = Digest.find(mount);
        var from = query.first("from");
        return digest.isPresent()
                        && from.filter(text -> !RepositoryName.isName(text)).isEmpty()
                ? new OciRequest.MountBlob(
                        name, digest.get(), from.map(RepositoryName::new).orElse(null))
                : new OciRequest.StartUpload(name, null);
    }

    private OciRequest upload(String name, String id) {
        return choose(Map.of(
                "GET", () -> new OciRequest.UploadStatus(new RepositoryName(name), uploadId(name, id)),
                "PATCH", () -> new OciRequest.PatchUpload(new RepositoryName(name), uploadId(name, id)),
                "PUT", () -> new OciRequest.FinishUpload(new RepositoryName(name), uploadId(name, id), digest()),
                "DELETE", () -> new OciRequest.CancelUpload(new RepositoryName(name), uploadId(name, id))));
    }

    /// An id that cannot be one was never given out.
    private static UploadId uploadId(String name, String id) {
        try {
            return new UploadId(id);
        } catch (RegistryException e) {
            throw new OciException(
                    404,
                    "BLOB_UPLOAD_UNKNOWN",
                    "The upload with id '%s' in the repository with name '%s' does not exist".formatted(id, name));
        }
    }

    private Digest digest() {
        return Digest.parse(query.first("digest").orElse(""));
    }

    private OciRequest choose(Map<String, Supplier<OciRequest>> methods) {
        var asked = method.equals("HEAD") && !methods.containsKey("HEAD") ? "GET" : method;
        var request = methods.get(asked);
        if (request == null) {
            throw new OciException(new OciError(405, "UNSUPPORTED", "The operation is unsupported")
                    .with("Allow", String.join(", ", allowed(methods))));
        }
        return request.get();
    }

    private static List<String> allowed(Map<String, ?> methods) {
        var all = new TreeSet<>(methods.keySet());
        if (all.contains("GET")) {
            all.add("HEAD");
        }
        return List.copyOf(all);
    }
}

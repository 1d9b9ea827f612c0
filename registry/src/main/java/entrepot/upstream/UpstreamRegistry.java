package entrepot.upstream;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.MediaType;
import entrepot.domain.Reference;
import entrepot.domain.Tag;
import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Origin;
import entrepot.upstream.wire.Request;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Another registry, by its `/v2`. Every method asks it, and throws an [UpstreamException] that says what kind of
/// failure it was; an interrupted thread ends what it waits for. Safe for any number of threads.
///
/// Sources: OCI distribution specification; distribution's token scheme; ECR API reference, GetAuthorizationToken.
public final class UpstreamRegistry {

    /// What manifests are asked for as: those that this registry stores, but for Docker's schema 1.
    public static final List<MediaType> MANIFESTS =
            List.of(MediaType.OCI_INDEX, MediaType.DOCKER_LIST, MediaType.OCI_MANIFEST, MediaType.DOCKER_MANIFEST);

    /// Of a repository's path, as OCI has it.
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*" + "(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");

    private static final int LONGEST_NAME = 1_024;

    private final URI url;
    private final Visits visits;
    private final Lists lists;

    /// @param url of the registry: its scheme, host and port
    /// @param connections what may be connected to, and how long that may take; shared by all registries
    /// @throws UpstreamException if the address is none
    public UpstreamRegistry(URI url, Login login, Connections connections, InstantSource clock)
            throws UpstreamException {
        this.url = url;
        var realms = new Realms(origin(url), connections.targets());
        this.visits = new Visits(connections, new Proof(login, realms, connections, clock));
        this.lists = new Lists(visits, url);
    }

    private static Origin origin(URI url) throws UpstreamException {
        try {
            return Origin.of(url);
        } catch (IOException e) {
            throw UpstreamException.of(e);
        }
    }

    /// Whether it is there, speaks `/v2` and takes the login.
    public void ping() throws UpstreamException {
        visits.ask(Request.get(Urls.at(url, "/v2/")), "").close();
    }

    /// A manifest of at most 4 MiB, whose digest and media type have been verified.
    public UpstreamManifest manifest(String repository, Reference reference) throws UpstreamException {
        try (var answer = visits.ask(ofManifest("GET", repository, reference), pull(repository))) {
            return ManifestAnswer.read(answer, reference);
        } catch (IOException e) {
            throw UpstreamException.of(e);
        }
    }

    /// What it says of a manifest without sending it. Docker Hub does not count that as a pull.
    public UpstreamHead head(String repository, Reference reference) throws UpstreamException {
        try (var answer = visits.ask(ofManifest("HEAD", repository, reference), pull(repository))) {
            return ManifestAnswer.head(answer);
        }
    }

    private Request ofManifest(String method, String repository, Reference reference) throws UpstreamException {
        var accept = MANIFESTS.stream().map(MediaType::value).collect(Collectors.joining(", "));
        return new Request(method, path(repository, "/manifests/" + reference), Map.of("Accept", accept), null);
    }

    /// How long a blob is, in bytes; -1 where it does not say.
    public long blobLength(String repository, Digest digest) throws UpstreamException {
        var request = new Request("HEAD", path(repository, "/blobs/" + digest), Map.of(), null);
        try (var answer = visits.ask(request, pull(repository))) {
            return answer.length();
        }
    }

    /// A blob from a byte on. Its bytes are not verified: [VerifiedStream] does that, from the first byte on.
    ///
    /// @param length of the whole blob, as a manifest has it; an answer of another length is refused
    public BlobStream blob(String repository, Digest digest, long length, long offset) throws UpstreamException {
        return new BlobSource(visits, path(repository, "/blobs/" + digest), pull(repository), length, length)
                .from(offset);
    }

    /// The same of one whose length nobody knows yet.
    ///
    /// @param most that it may be, in bytes
    public BlobStream blob(String repository, Digest digest, long most) throws UpstreamException {
        return new BlobSource(visits, path(repository, "/blobs/" + digest), pull(repository), -1, most).from(0);
    }

    /// Its tags, a page at a time.
    ///
    /// @param page as the page before has it; null for the first
    public Page<Tag> tags(String repository, @Nullable URI page) throws UpstreamException {
        var first = path(repository, "/tags/list?n=1000");
        return lists.texts(page == null ? first : page, "tags", pull(repository))
                .mapped(Tag::isTag, Tag::new);
    }

    /// Its repositories, a page at a time, where it tells.
    ///
    /// @param page as the page before has it; null for the first
    public Page<String> repositories(@Nullable URI page) throws UpstreamException {
        var first = page == null ? Urls.at(url, "/v2/_catalog?n=1000") : page;
        return lists.texts(first, "repositories", "registry:catalog:*")
                .mapped(UpstreamRegistry::isRepository, name -> name);
    }

    /// The manifests that are about one, which need not be there; also where they are known by a tag only.
    public List<Descriptor> referrers(String repository, Digest subject) throws UpstreamException {
        try {
            return lists.descriptors(path(repository, "/referrers/" + subject), pull(repository));
        } catch (UpstreamException e) {
            if (e.failure() instanceof Failure.NotFound) {
                return byTag(repository, subject);
            }
            throw e;
        }
    }

    /// Source: OCI distribution specification, "Referrers Tag Schema".
    private List<Descriptor> byTag(String repository, Digest subject) throws UpstreamException {
        var tag = new Tag(subject.algorithm().prefix() + "-" + subject.hex().substring(0, 64));
        try {
            return Lists.descriptors(Json.read(manifest(repository, tag).bytes().toByteArray()));
        } catch (UpstreamException e) {
            if (e.failure() instanceof Failure.NotFound) {
                return List.of();
            }
            throw e;
        }
    }

    private URI path(String repository, String rest) throws UpstreamException {
        if (!isRepository(repository)) {
            throw new UpstreamException(new Failure.NotFound(), "no repository can have this name");
        }
        return Urls.at(url, "/v2/" + repository + rest);
    }

    private static boolean isRepository(String name) {
        return name.length() <= LONGEST_NAME && NAME.matcher(name).matches();
    }

    private static String pull(String repository) {
        return "repository:" + repository + ":pull";
    }
}

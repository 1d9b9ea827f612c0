package entrepot.comparison;

import entrepot.server.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.Repository;

/// The JSON API by the AWS SDK, which asks once and never again.
final class JsonDoor implements Door {

    final EcrClient ecr;
    private final HttpClient links = HttpClient.newHttpClient();

    JsonDoor(RunningServer server) throws IOException {
        ecr = server.client()
                .overrideConfiguration(o -> o.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    static String outcome(Runnable call) {
        return read(() -> {
            call.run();
            return "ok";
        });
    }

    private static String read(Supplier<String> call) {
        try {
            return call.get();
        } catch (EcrException e) {
            return e.awsErrorDetails().errorCode();
        }
    }

    @Override
    public boolean isJson() {
        return true;
    }

    @Override
    public String put(String repository, ModelManifest manifest, @Nullable String tag, @Nullable String digest) {
        return outcome(() -> ecr.putImage(r -> r.repositoryName(repository)
                .imageManifest(manifest.text())
                .imageManifestMediaType(manifest.type())
                .imageTag(tag)
                .imageDigest(digest)));
    }

    @Override
    public String delete(String repository, String reference, Set<String> deleted) {
        return read(() -> {
            var answer = ecr.batchDeleteImage(r -> r.repositoryName(repository).imageIds(id(reference)));
            answer.imageIds().forEach(id -> deleted.add(text(id)));
            return answer.hasFailures() && !answer.failures().isEmpty()
                    ? answer.failures().getFirst().failureCodeAsString()
                    : "ok";
        });
    }

    static ImageIdentifier id(String reference) {
        var id = ImageIdentifier.builder();
        return (reference.startsWith("sha256:") ? id.imageDigest(reference) : id.imageTag(reference)).build();
    }

    static String text(ImageIdentifier id) {
        return id.imageTag() == null ? id.imageDigest() : id.imageDigest() + " " + id.imageTag();
    }

    @Override
    public List<String> get(String repository, String reference) {
        try {
            var answer = ecr.batchGetImage(r -> r.repositoryName(repository).imageIds(id(reference)));
            return answer.images().stream()
                    .findFirst()
                    .map(image -> List.of(
                            image.imageManifest(),
                            image.imageManifestMediaType(),
                            image.imageId().imageDigest()))
                    .orElseGet(() -> List.of(answer.failures().getFirst().failureCodeAsString()));
        } catch (EcrException e) {
            return List.of(e.awsErrorDetails().errorCode());
        }
    }

    /// By the check first, and by a link if the layer is there.
    @Override
    public String layer(String repository, String digest) {
        return read(() -> {
            var layers = ecr.batchCheckLayerAvailability(
                            r -> r.repositoryName(repository).layerDigests(digest))
                    .layers();
            return layers.getFirst().layerAvailabilityAsString().equals("AVAILABLE")
                    ? content(ecr.getDownloadUrlForLayer(
                                    r -> r.repositoryName(repository).layerDigest(digest))
                            .downloadUrl())
                    : "UNAVAILABLE";
        });
    }

    private String content(String link) {
        try {
            return links.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String begin(String repository) {
        return read(
                () -> ecr.initiateLayerUpload(r -> r.repositoryName(repository)).uploadId());
    }

    @Override
    public String append(String repository, String upload, int from, String part) {
        return read(() -> Long.toString(1
                + ecr.uploadLayerPart(r -> r.repositoryName(repository)
                                .uploadId(upload)
                                .partFirstByte((long) from)
                                .partLastByte(from + part.length() - 1L)
                                .layerPartBlob(SdkBytes.fromUtf8String(part)))
                        .lastByteReceived()));
    }

    @Override
    public String complete(String repository, String upload, String digest) {
        return outcome(() -> ecr.completeLayerUpload(
                r -> r.repositoryName(repository).uploadId(upload).layerDigests(digest)));
    }

    @Override
    public List<String> tags(String repository, int page) {
        var request = ListImagesRequest.builder()
                .repositoryName(repository)
                .filter(f -> f.tagStatus("TAGGED"))
                .maxResults(page)
                .build();
        return ecr.listImagesPaginator(request).imageIds().stream()
                .map(ImageIdentifier::imageTag)
                .toList();
    }

    @Override
    public List<String> referrers(String repository, String subject, @Nullable String artifactType, int page) {
        var all = new ArrayList<String>();
        var types = artifactType == null ? List.<String>of() : List.of(artifactType);
        for (var next = Optional.of(""); next.isPresent(); ) {
            var token = next.get().isEmpty() ? null : next.get();
            var answer = ecr.listImageReferrers(r -> r.repositoryName(repository)
                    .subjectId(id -> id.imageDigest(subject))
                    .filter(f -> f.artifactTypes(types))
                    .maxResults(page)
                    .nextToken(token));
            answer.referrers()
                    .forEach(one -> all.add(
                            one.digest() + " " + one.mediaType() + " " + one.artifactType() + " " + one.size()));
            next = Optional.ofNullable(answer.nextToken());
        }
        return all;
    }

    String setMutability(String repository, String mode) {
        return outcome(() -> ecr.putImageTagMutability(r -> {
            r.repositoryName(repository).imageTagMutability(mode);
            if (mode.endsWith("_WITH_EXCLUSION")) {
                r.imageTagMutabilityExclusionFilters(ImageTagMutabilityExclusionFilter.builder()
                        .filterType("WILDCARD")
                        .filter(ModelRepository.EXCLUDED + "*")
                        .build());
            }
        }));
    }

    /// As [ModelRepository#listed(Boolean)].
    List<String> listed(String repository, int page, @Nullable Boolean tagged) {
        var request = ListImagesRequest.builder()
                .repositoryName(repository)
                .filter(f -> f.tagStatus(status(tagged)))
                .maxResults(page)
                .build();
        return ecr.listImagesPaginator(request).imageIds().stream()
                .map(JsonDoor::text)
                .toList();
    }

    /// As [ModelRepository#described(Boolean)].
    List<String> described(String repository, int page, @Nullable Boolean tagged) {
        var request = DescribeImagesRequest.builder()
                .repositoryName(repository)
                .filter(f -> f.tagStatus(status(tagged)))
                .maxResults(page)
                .build();
        return ecr.describeImagesPaginator(request).imageDetails().stream()
                .map(image -> image.imageDigest() + " " + image.imageManifestMediaType() + " "
                        + image.imageSizeInBytes() + " " + new TreeSet<>(image.imageTags()))
                .toList();
    }

    private static String status(@Nullable Boolean tagged) {
        return tagged == null ? "ANY" : tagged ? "TAGGED" : "UNTAGGED";
    }

    /// The names that begin so.
    List<String> repositories(String prefix) {
        return ecr.describeRepositoriesPaginator(r -> r.maxResults(3)).repositories().stream()
                .map(Repository::repositoryName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}

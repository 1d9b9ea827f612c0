package entrepot.server;

import static entrepot.server.Manifests.CONFIG;
import static entrepot.server.Manifests.LAYER;
import static entrepot.server.Manifests.OCI;
import static entrepot.server.Manifests.image;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;

/// A server, and a repository of it that nobody else uses, which has the blobs that `Manifests` are about.
record CompatSide(RunningServer server, String repository, List<String> keys) {

    static CompatSide of(RunningServer server) {
        var side = new CompatSide(server, "r" + UUID.randomUUID(), new ArrayList<>());
        server.ecr().createRepository(r -> r.repositoryName(side.repository()));
        return side.withBlobs();
    }

    private CompatSide withBlobs() {
        server.push(repository, CONFIG);
        server.push(repository, LAYER);
        return this;
    }

    CompatSide another() {
        return of(server);
    }

    EcrClient ecr() {
        return server.ecr();
    }

    CompatSide mutable(ImageTagMutability mutability) {
        ecr().putImageTagMutability(r -> r.repositoryName(repository).imageTagMutability(mutability));
        return this;
    }

    /// The same repository again, under a key of its own.
    CompatSide sealed() {
        try (var kms = server.kms().build()) {
            var key = kms.createKey().keyMetadata().arn();
            keys.add(key);
            ecr().deleteRepository(r -> r.repositoryName(repository).force(true));
            ecr().createRepository(r -> r.repositoryName(repository)
                    .encryptionConfiguration(
                            e -> e.encryptionType(EncryptionType.KMS).kmsKey(key)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return withBlobs();
    }

    /// Its key cannot be used any more.
    CompatSide locked() {
        try (var kms = server.kms().build()) {
            kms.disableKey(r -> r.keyId(keys.getLast()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    CompatSide with(String manifest, String tag) {
        var answer = putByV2(manifest, OCI, tag);
        if (!answer.equals("201")) {
            throw new AssertionError(answer);
        }
        return this;
    }

    /// With so many tags, each `t` and four digits.
    CompatSide tagged(int tags) {
        with(image(OCI), "t0001");
        IntStream.rangeClosed(2, tags).forEach(i -> putByJson(image(OCI), OCI, "t%04d".formatted(i)));
        return this;
    }

    String path(String rest) {
        return "/v2/" + repository + "/" + rest;
    }

    String manifest(String reference) {
        return path("manifests/" + reference);
    }

    String blob(String digest) {
        return path("blobs/" + digest);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        return server.send(method, path, body.getBytes(UTF_8), headers);
    }

    String header(String name, HttpResponse<String> answer) {
        return answer.headers().firstValue(name).orElse("");
    }

    /// The status, and the code where there is one.
    private static String brief(HttpResponse<String> answer) {
        var body = answer.body();
        var code = body.contains("\"code\"") ? body.replaceAll("(?s).*\"code\":\"([A-Z_]+)\".*", " $1") : "";
        return answer.statusCode() + code.strip().replaceFirst("^(?=.)", " ");
    }

    String v2(String method, String path, String... headers) {
        return brief(send(method, path, "", headers));
    }

    String putByV2(String manifest, String type, String reference) {
        return brief(send("PUT", manifest(reference), manifest, "Content-Type", type));
    }

    /// Where a new upload goes on.
    String location() {
        return header("Location", send("POST", path("blobs/uploads/"), ""));
    }

    String chunk(String location, int first, String text) {
        return brief(send("PATCH", location, text, "Content-Range", first + "-" + (first + text.length() - 1)));
    }

    /// The error's name, or `served`.
    String json(Runnable call) {
        try {
            call.run();
            return "served";
        } catch (EcrException e) {
            return e.awsErrorDetails().errorCode();
        }
    }

    String message(Runnable call) {
        try {
            call.run();
            return "served";
        } catch (EcrException e) {
            return e.awsErrorDetails().errorMessage();
        }
    }

    void putByJson(String manifest, String type, String tag) {
        ecr().putImage(r -> r.repositoryName(repository)
                .imageManifest(manifest)
                .imageManifestMediaType(type)
                .imageTag(tag));
    }

    String begin() {
        return ecr().initiateLayerUpload(r -> r.repositoryName(repository)).uploadId();
    }

    void part(String upload, long first, String text) {
        ecr().uploadLayerPart(r -> r.repositoryName(repository)
                .uploadId(upload)
                .partFirstByte(first)
                .partLastByte(first + text.length() - 1)
                .layerPartBlob(SdkBytes.fromUtf8String(text)));
    }

    /// So many parts of one byte each.
    void parts(String upload, int count) {
        IntStream.range(0, count).forEach(i -> part(upload, i, "x"));
    }

    void complete(String upload, String digest) {
        ecr().completeLayerUpload(
                        r -> r.repositoryName(repository).uploadId(upload).layerDigests(digest));
    }

    int images() {
        return ecr().describeImages(r -> r.repositoryName(repository))
                .imageDetails()
                .size();
    }

    /// With what BatchGetImage does not give the image.
    String failure(String tag) {
        return ecr().batchGetImage(r -> r.repositoryName(repository)
                        .imageIds(ImageIdentifier.builder().imageTag(tag).build()))
                .failures()
                .getFirst()
                .failureCodeAsString();
    }
}

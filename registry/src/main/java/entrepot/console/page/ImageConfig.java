package entrepot.console.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.console.Visit;
import entrepot.domain.Digest;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.operation.layer.ReadLayer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// What an image's configuration says of how it was built and is run. Its texts are whatever somebody pushed.
///
/// @param platform such as `linux/amd64`; empty if it says nothing
public record ImageConfig(String platform, String created, List<Step> history, List<Line> runs) {

    /// In bytes; of a longer one nothing is shown.
    private static final long LONGEST = 1 << 20;

    /// Steps of the history that are shown.
    private static final int MOST = 200;

    /// A step of the build.
    ///
    /// @param isEmpty whether it made no layer
    public record Step(String by, String created, boolean isEmpty) {}

    /// Something that it says of how it is run.
    public record Line(String name, String value) {}

    /// Empty where it cannot be read, or is none.
    static Optional<ImageConfig> read(Visit visit, RepositoryName repository, ImageManifest.Descriptor config) {
        if (config.size() > LONGEST || !config.mediaType().contains("image")) {
            return Optional.empty();
        }
        try {
            return Digest.find(config.digest()).flatMap(digest -> read(visit, repository, digest));
        } catch (RegistryException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<ImageConfig> read(Visit visit, RepositoryName repository, Digest digest) {
        var layer = visit.call(ReadLayer.class, new ReadLayer.Input(null, repository, digest));
        return layer.size() > LONGEST ? Optional.empty() : of(BoundedJson.read(text(layer)));
    }

    private static String text(ReadLayer.Output layer) {
        var bytes = new ByteArrayOutputStream();
        try {
            layer.bytes().open(0, layer.size()).writeTo(Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(UTF_8);
    }

    private static Optional<ImageConfig> of(JsonNode json) {
        return json.isMissingNode()
                ? Optional.empty()
                : Optional.of(new ImageConfig(
                        ImageManifest.platform(json),
                        json.path("created").asString(""),
                        history(json),
                        runs(json.path("config"))));
    }

    private static List<Step> history(JsonNode json) {
        return StreamSupport.stream(json.path("history").spliterator(), false)
                .limit(MOST)
                .map(step -> new Step(
                        step.path("created_by").asString(step.path("comment").asString("")),
                        step.path("created").asString(""),
                        step.path("empty_layer").asBoolean(false)))
                .toList();
    }

    /// How it is run.
    private static List<Line> runs(JsonNode config) {
        return List.of("User", "WorkingDir", "Entrypoint", "Cmd", "Env", "ExposedPorts", "Labels").stream()
                .filter(config::hasNonNull)
                .map(name -> new Line(name, shown(config.path(name))))
                .filter(line -> !line.value().isEmpty())
                .toList();
    }

    private static String shown(JsonNode value) {
        return value.isContainer() ? (value.isEmpty() ? "" : value.toString()) : value.asString("");
    }
}

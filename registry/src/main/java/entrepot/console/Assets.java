package entrepot.console;

import entrepot.domain.Content;
import entrepot.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/// The few files that pages refer to, under `/console/assets/`. Nobody needs to be signed in for them.
final class Assets {

    static final String FOLDER = "assets/";

    private static final Map<String, String> TYPES = Map.of(
            "console.css", "text/css; charset=utf-8",
            "copy.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    /// Empty where there is none of that name.
    Optional<HttpResponse> find(String name) {
        return Optional.ofNullable(TYPES.get(name))
                .map(type -> Html.safe(HttpResponse.of(200))
                        .with("Cache-Control", "max-age=300")
                        .withBody(type, new Content.Bytes(read(name))));
    }

    private static byte[] read(String name) {
        try (var file = Assets.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the program has no " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

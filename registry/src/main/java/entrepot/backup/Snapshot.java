package entrepot.backup;

import entrepot.domain.Digest;
import entrepot.domain.RegistryException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a finished snapshot says of itself, in its file `snapshot.json`, which comes last.
///
/// @param time at which its rows are as they were
/// @param registry which it is of
/// @param schema the number of the newest script that made its tables
/// @param serverKey the digest of the key that its secrets are sealed under
/// @param counts of what is in it, by name
/// @param files the digests of its other files
record Snapshot(
        Instant time,
        String registry,
        int schema,
        Digest serverKey,
        Map<String, Long> counts,
        Map<String, Digest> files) {

    /// The form of what is written here; a program knows those up to its own.
    static final int FORMAT = 1;

    /// Under which it counts the blobs that are not in it, since they were damaged in the registry.
    static final String DAMAGED = "damaged";

    static final String FILE = "snapshot.json";
    static final String METADATA = "metadata.db";
    static final String SUMS = "sums";
    static final String SERVER_KEY = "server.key";
    static final String CREDENTIALS = "credentials";

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final Pattern FOLDER =
            Pattern.compile("snapshots/[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}\\.[0-9]{3}Z/");
    private static final JsonMapper JSON = new JsonMapper();

    /// Before the last member, which is the digest of all before it.
    private static final String DIGEST = ",\"digest\":";

    Snapshot {
        counts = new TreeMap<>(counts);
        files = new TreeMap<>(files);
    }

    /// The name of one of its files in the place.
    String name(String file) {
        return folder(time) + file;
    }

    /// How many blobs that its rows name are not in it.
    long damaged() {
        return counts.getOrDefault(DAMAGED, 0L);
    }

    /// Such names sort as times do.
    static String folder(Instant time) {
        return "snapshots/%s/".formatted(MILLISECONDS.format(time));
    }

    /// Whether a name is one of such a folder.
    static boolean isFolder(String name) {
        return FOLDER.matcher(name).matches();
    }

    /// That of a folder.
    static Instant time(String folder) {
        return Instant.parse(folder.substring("snapshots/".length(), folder.length() - 1));
    }

    String json() {
        var json = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("time", time.toString())
                .put("registry", registry)
                .put("schema", schema)
                .put("serverKey", serverKey.toString());
        counts.forEach(json.putObject("counts")::put);
        var digests = json.putObject("files");
        files.forEach((name, digest) -> digests.put(name, digest.toString()));
        var text = JSON.writeValueAsString(json);
        var told = text.substring(0, text.length() - 1);
        return "%s%s\"%s\"}\n".formatted(told, DIGEST, Home.digest(told));
    }

    /// @throws IOException if the text is none, or of a newer form than this program knows
    static Snapshot of(String text) throws IOException {
        try {
            var json = JSON.readTree(text);
            if (json.path("format").asInt(0) > FORMAT) {
                throw new IOException("is of format %d, which is newer than this program"
                        .formatted(json.path("format").asInt(0)));
            }
            var end = text.lastIndexOf(DIGEST);
            if (end < 0
                    || !json.path("digest")
                            .asString("")
                            .equals(Home.digest(text.substring(0, end)).toString())) {
                throw new IOException("is damaged");
            }
            return of(json);
        } catch (JacksonException | DateTimeException | RegistryException e) {
            throw new IOException("is damaged", e);
        }
    }

    private static Snapshot of(JsonNode json) {
        var counts = new TreeMap<String, Long>();
        json.path("counts")
                .properties()
                .forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
        var files = new TreeMap<String, Digest>();
        json.path("files")
                .properties()
                .forEach(file ->
                        files.put(file.getKey(), Digest.parse(file.getValue().asString(""))));
        return new Snapshot(
                Instant.parse(json.path("time").asString("")),
                json.path("registry").asString(""),
                json.path("schema").asInt(0),
                Digest.parse(json.path("serverKey").asString("")),
                counts,
                files);
    }
}

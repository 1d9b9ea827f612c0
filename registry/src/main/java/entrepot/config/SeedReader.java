package entrepot.config;

import entrepot.config.Seed.Image;
import entrepot.config.Seed.Policies;
import entrepot.config.Seed.Repository;
import entrepot.config.Seed.ResourceTag;
import entrepot.config.Seed.Settings;
import entrepot.domain.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the file of a [Seed]. Values are in ECR's own words, and whether they will do is for its operations to say.
final class SeedReader {

    /// In bytes, of the file and of those that it names policies by.
    private static final long LONGEST = 16L << 20;

    private static final String POLICY = "policy";
    private static final String LIFECYCLE = "lifecycle-policy";

    private final Path folder;
    private final Items items;

    private SeedReader(Path folder, Items items) {
        this.folder = folder;
        this.items = items;
    }

    static Seed read(Path file, Map<String, String> environment) {
        refuseLong(file, file.toString());
        var read = ConfigFile.read(file);
        var places = read.places();
        try {
            return read(file, places, new HashMap<>(read.values()), environment);
        } catch (ConfigException e) {
            throw places.in(Objects.requireNonNull(e.getMessage()));
        }
    }

    private static Seed read(Path file, Places places, Map<String, String> values, Map<String, String> environment) {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        values.replaceAll(
                (key, text) -> key.endsWith("-file") ? folder.resolve(text).toString() : text);
        var users = Declarations.users(values, environment);
        var repositories = repositories(new SeedReader(folder, Items.take("repositories", values)));
        var policy = policy(values, Seed.REGISTRY_POLICY);
        values.values().removeIf(String::isBlank);
        if (!values.isEmpty()) {
            throw new ConfigException(
                    "unknown key: " + values.keySet().iterator().next());
        }
        return new Seed(places, users, policy, repositories);
    }

    private static @Nullable String policy(Map<String, String> values, String key) {
        var text = values.remove(key);
        var path = values.remove(key + "-file");
        return text == null && path != null ? text(key + "-file", path) : text;
    }

    private static List<Repository> repositories(SeedReader reader) {
        var all = reader.items.all(reader::repository);
        var names = new HashSet<String>();
        for (var repository : all) {
            if (!names.add(repository.name())) {
                throw new ConfigException("%s.name: %s is there twice".formatted(repository.at(), repository.name()));
            }
        }
        return all;
    }

    private Repository repository(String at) {
        return new Repository(
                at,
                items.required(at + ".name"),
                settings(at),
                items.list(at + ".tags", this::resourceTag),
                new Policies(policy(at + "." + POLICY), policy(at + "." + LIFECYCLE)),
                items.list(at + ".images", this::image));
    }

    private Settings settings(String at) {
        return new Settings(
                items.optional(at + ".tag-mutability").orElse(null),
                commas(at + ".tag-mutability-exclusions"),
                items.optional(at + ".scan-on-push", SeedReader::flag).orElse(null),
                items.optional(at + ".encryption").orElse(null),
                items.optional(at + ".kms-key").orElse(null));
    }

    private static Boolean flag(String text) {
        if (!text.matches("true|false")) {
            throw new IllegalArgumentException("must be true or false");
        }
        return Boolean.valueOf(text);
    }

    private ResourceTag resourceTag(String at) {
        return new ResourceTag(
                items.required(at + ".key"), items.optional(at + ".value").orElse(""));
    }

    private @Nullable String policy(String key) {
        var path = items.optional(key + "-file").orElse(null);
        var text = items.optional(key).orElse(null);
        return text == null && path != null ? text(key + "-file", path) : text;
    }

    private Image image(String at) {
        var from = items.required(at + ".from");
        var colon = from.indexOf(':');
        var kind = switch (from.substring(0, Math.max(0, colon))) {
            case "oci" -> Seed.Kind.LAYOUT;
            case "docker-archive" -> Seed.Kind.DOCKER_ARCHIVE;
            default ->
                throw new ConfigException(
                        "%s.from: %s is not allowed; it must be oci:DIR or docker-archive:FILE".formatted(at, from));
        };
        var tags = commas(at + ".tags").stream()
                .map(text -> tag(at + ".tags", text))
                .toList();
        var only = items.optional(at + ".image")
                .map(text -> tag(at + ".image", text))
                .orElse(null);
        return new Image(at, kind, folder.resolve(from.substring(colon + 1)), only, tags);
    }

    private static Tag tag(String key, String text) {
        if (!Tag.isTag(text)) {
            throw new ConfigException("%s: %s is not allowed; it must be a tag such as v1".formatted(key, text));
        }
        return new Tag(text);
    }

    private List<String> commas(String key) {
        return items.optional(key)
                .map(text -> Arrays.stream(text.split(",")).map(String::strip).toList())
                .orElse(List.of());
    }

    private static String text(String key, String path) {
        refuseLong(Path.of(path), key + ": " + path);
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new ConfigException("%s: %s cannot be read".formatted(key, path));
        }
    }

    private static void refuseLong(Path file, String name) {
        try {
            if (Files.size(file) > LONGEST) {
                throw new ConfigException("%s has more than %d bytes".formatted(name, LONGEST));
            }
        } catch (IOException e) {
            throw new ConfigException("%s cannot be read".formatted(name));
        }
    }
}

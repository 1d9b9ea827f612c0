package entrepot.config;

import entrepot.domain.AccountId;
import entrepot.domain.Tag;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a registry is to have before anybody asks, from a file of its own. What the file does not say stays as it is.
public final class Seed {

    /// Nothing.
    public static final Seed NONE = new Seed(Places.NONE, List.of(), null, List.of());

    /// The key of the registry's own policy.
    public static final String REGISTRY_POLICY = "registry-policy";

    private final Places places;
    private final List<Declarations.User> users;
    private final @Nullable String registryPolicy;
    private final List<Repository> repositories;

    Seed(Places places, List<Declarations.User> users, @Nullable String registryPolicy, List<Repository> repositories) {
        this.places = places;
        this.users = List.copyOf(users);
        this.registryPolicy = registryPolicy;
        this.repositories = List.copyOf(repositories);
    }

    /// A repository.
    ///
    /// @param at the key that it stands under
    public record Repository(
            String at, String name, Settings settings, List<ResourceTag> tags, Policies policies, List<Image> images) {}

    /// In ECR's words; null for what is to stay, or to be as usual.
    ///
    /// @param mutability such as `IMMUTABLE`
    /// @param exclusions of the mutability
    public record Settings(
            @Nullable String mutability,
            List<String> exclusions,
            @Nullable Boolean scanOnPush,
            @Nullable String encryption,
            @Nullable String kmsKey) {}

    /// A tag of AWS's.
    public record ResourceTag(String key, String value) {}

    /// Texts in JSON; null for those that are to stay.
    public record Policies(
            @Nullable String access, @Nullable String lifecycle) {}

    /// What holds images.
    public enum Kind {
        LAYOUT,
        DOCKER_ARCHIVE
    }

    /// One image or more of a layout or an archive.
    ///
    /// @param at the key that it stands under
    /// @param only the tag of the one that is meant; null for all
    /// @param tags that it gets; none for its own
    public record Image(
            String at, Kind kind, Path path, @Nullable Tag only, List<Tag> tags) {}

    /// Reads all of it, and the files that it names policies by.
    ///
    /// @param environment where the secrets of keys may be
    /// @throws ConfigException with file, line and key if something cannot be understood
    public static Seed read(Path file, Map<String, String> environment) {
        return SeedReader.read(file, environment);
    }

    /// Who is to be.
    ///
    /// @param home whose users they are
    public List<Declarations.Account> accounts(AccountId home) {
        return users.isEmpty() ? List.of() : List.of(new Declarations.Account(home, users));
    }

    public @Nullable String registryPolicy() {
        return registryPolicy;
    }

    public List<Repository> repositories() {
        return repositories;
    }

    /// Whether there is nothing to be done by a client.
    public boolean isOfUsersAlone() {
        return repositories.isEmpty() && registryPolicy == null;
    }

    /// What is wrong with a user that it declares, with the place where it does; else the same.
    public ConfigException located(ConfigException e) {
        for (int i = 0; i < users.size(); i++) {
            var user = "accounts: user %s: ".formatted(users.get(i).name());
            var words = String.valueOf(e.getMessage());
            if (words.startsWith(user)) {
                return refused("users." + i, words.substring(user.length()));
            }
        }
        return e;
    }

    /// Why something of it cannot be, with the place that it stands at.
    public ConfigException refused(String key, String why) {
        return places.in(key + ": " + why);
    }
}

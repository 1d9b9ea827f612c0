package entrepot.server;

import entrepot.config.Config;
import entrepot.domain.AccountId;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.store.History;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Tells an administrator what happened in a repository.
public final class HistoryCommands {

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private static final JsonMapper JSON = new JsonMapper();
    private static final int AT_ONCE = 1_000;
    private static final String NONE = "-";

    private final MetadataStore metadata;

    private HistoryCommands(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /// Asks these metadata.
    ///
    /// @throws IOException if nothing is kept
    public static HistoryCommands with(Config config, MetadataStore metadata) throws IOException {
        requireOn(config.rules().history());
        return new HistoryCommands(metadata);
    }

    static void requireOn(Duration keep) throws IOException {
        if (keep.isZero()) {
            throw new IOException("history is off: history.keep is 0");
        }
    }

    /// The registry that is meant.
    ///
    /// @param named account and region
    /// @throws IOException if there cannot be one
    public static RegistryId registry(List<String> named) throws IOException {
        try {
            return new RegistryId(new AccountId(named.get(0)), named.get(1));
        } catch (RegistryException | IllegalArgumentException e) {
            throw new IOException("there is no registry of account %s, region %s".formatted(named.toArray()), e);
        }
    }

    static RepositoryName repository(String name) throws IOException {
        try {
            return new RepositoryName(name);
        } catch (RegistryException e) {
            throw new IOException("no repository is called " + name, e);
        }
    }

    static Tag tag(String name) throws IOException {
        try {
            return new Tag(name);
        } catch (RegistryException e) {
            throw new IOException("no tag is called " + name, e);
        }
    }

    /// A line for each event, oldest first: time, what happened, tag, digest and who did it, with tabs between; or, as
    /// JSON, a document for each. Of all repositories that were called so, as long as they are kept.
    ///
    /// @param which `REPOSITORY` or `REPOSITORY:TAG`
    /// @throws IOException if there was never such a repository
    public void tell(RegistryId registry, String which, boolean asJson, Consumer<String> out) throws IOException {
        var parts = which.split(":", 2);
        var name = repository(parts[0]);
        var tag = parts.length > 1 ? tag(parts[1]) : null;
        var repositories = metadata.read(tx -> tx.repositories().named(registry, name));
        if (repositories.isEmpty()) {
            throw new IOException("there was never a repository %s in account %s, region %s, or it is kept no more"
                    .formatted(name, registry.account(), registry.region()));
        }
        for (var repository : repositories) {
            tell(repository, tag, event -> out.accept(asJson ? json(event) : line(event)));
        }
    }

    private void tell(long repository, @Nullable Tag tag, Consumer<History.Event> out) {
        History.@Nullable Event last = null;
        List<History.Event> page;
        do {
            var after = last;
            page = metadata.read(tx -> tx.history().events(repository, tag, after, AT_ONCE));
            page.forEach(out);
            last = page.isEmpty() ? last : page.getLast();
        } while (page.size() == AT_ONCE);
    }

    private static String line(History.Event event) {
        return String.join(
                "\t",
                time(event.at()),
                kind(event),
                event.tag() == null ? NONE : event.tag().name(),
                event.digest() == null ? NONE : event.digest().toString(),
                event.principal());
    }

    private static String json(History.Event event) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("time", time(event.at()));
        members.put("event", kind(event));
        members.put("tag", event.tag() == null ? null : event.tag().name());
        members.put("digest", event.digest() == null ? null : event.digest().toString());
        members.put("principal", event.principal());
        return JSON.writeValueAsString(members);
    }

    private static String kind(History.Event event) {
        return event.kind().name().toLowerCase(Locale.ROOT);
    }

    static String time(Instant at) {
        return MILLIS.format(at);
    }
}

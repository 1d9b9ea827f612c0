package entrepot.server;

import entrepot.config.Config;
import entrepot.config.Rules;
import entrepot.domain.Digest;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.operation.AuditTrail;
import entrepot.operation.Deed;
import entrepot.operation.history.Undelete;
import entrepot.operation.history.UndeleteException;
import entrepot.operation.history.UndeleteRepository;
import entrepot.operation.history.Undeleted;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings back for an administrator what was deleted, in a running server or without one.
///
/// @param audit is told of it
public record UndeleteCommands(Rules rules, Stores stores, Undelete undelete, AuditTrail audit) {

    public static final String NAME = "undelete";

    private static final Duration LONG_AGO = Duration.ofDays(365_000);
    private static final InstantSource CLOCK = InstantSource.system();

    public static UndeleteCommands with(Config config, Stores stores, AuditTrail audit) {
        var rules = config.rules();
        var undelete = new Undelete(stores.metadata(), CLOCK, rules.limits(), Changes.of(config));
        return new UndeleteCommands(rules, stores, undelete, audit);
    }

    /// Brings it back, and gives the lines to print. Takes account, region, `REPOSITORY`, `REPOSITORY:TAG` or
    /// `REPOSITORY@DIGEST`, and a time in ISO 8601's form, or nothing.
    ///
    /// @throws IOException if it is not to be had back, in words for the administrator
    public List<String> run(List<String> arguments) throws IOException {
        if (arguments.size() != 4) {
            throw new IOException("undelete takes four arguments");
        }
        HistoryCommands.requireOn(rules.history());
        var registry = HistoryCommands.registry(arguments.subList(0, 2));
        try {
            return run(registry, arguments.get(2), at(arguments.get(3)));
        } catch (UndeleteException e) {
            throw new IOException(e.getMessage(), e.getCause());
        } catch (RegistryException e) {
            throw new IOException(e.error().message(), e.getCause());
        }
    }

    /// Times are told to a millisecond, and mean the end of it.
    private static @Nullable Instant at(String text) throws IOException {
        if (text.isEmpty()) {
            return null;
        }
        var time = Instant.parse(text);
        if (time.isBefore(Instant.EPOCH.minus(LONG_AGO))) {
            throw new IOException(text + " is too long ago");
        }
        if (time.isAfter(CLOCK.instant())) {
            throw new IOException(HistoryCommands.time(time) + " has not come yet");
        }
        var millis = time.truncatedTo(ChronoUnit.MILLIS);
        return time.equals(millis) ? millis.plusMillis(1).minusNanos(1) : time;
    }

    private List<String> run(RegistryId registry, String what, @Nullable Instant at) throws IOException {
        if (what.contains("@")) {
            var parts = what.split("@", 2);
            var name = HistoryCommands.repository(parts[0]);
            return told(registry, name, undelete.image(registry, name, digest(parts[1])));
        }
        if (what.contains(":")) {
            var parts = what.split(":", 2);
            var name = HistoryCommands.repository(parts[0]);
            var tag = HistoryCommands.tag(parts[1]);
            if (at == null) {
                throw new IOException("a tag needs --at");
            }
            return told(registry, name, undelete.tag(registry, name, tag, at));
        }
        return repository(registry, HistoryCommands.repository(what), at);
    }

    private static Digest digest(String text) throws IOException {
        return Digest.find(text).orElseThrow(() -> new IOException(text + " is not a digest"));
    }

    private List<String> repository(RegistryId registry, RepositoryName name, @Nullable Instant at) {
        var back = new UndeleteRepository(
                        stores.metadata(), stores.vault(), CLOCK, rules.limits(), rules.lifecycleInterval())
                .run(registry, name, at);
        record(registry, name, Map.of());
        return List.of("brought back repository %s with %d images".formatted(name, images(back)));
    }

    private long images(Repository repository) {
        return stores.metadata().read(tx -> tx.images().count(repository));
    }

    private List<String> told(RegistryId registry, RepositoryName name, Undeleted done) {
        var lines = new ArrayList<String>();
        done.images().forEach(image -> {
            lines.add("%s is in %s again".formatted(image.digest(), name));
            record(registry, name, Map.of("imageDigest", image.digest().toString()));
        });
        done.tags().forEach((tag, digest) -> {
            lines.add("tag %s points at %s".formatted(tag, digest));
            record(registry, name, Map.of("imageDigest", digest.toString(), "imageTag", tag.name()));
        });
        done.taken().forEach((tag, digest) -> lines.add("tag %s stays at %s".formatted(tag, digest)));
        lines.add("brought back %d images, %d tags"
                .formatted(done.images().size(), done.tags().size()));
        return List.copyOf(lines);
    }

    private void record(RegistryId registry, RepositoryName name, Map<String, String> more) {
        var parameters = new HashMap<>(more);
        parameters.put("repositoryName", name.value());
        var act = new Deed.Act("ecr", "Undelete", registry.repository(name), registry.account(), parameters);
        audit.record(new Deed("entrepot " + NAME, registry.region(), act));
    }
}

package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.Secret;
import entrepot.operation.Operation;
import entrepot.operation.identity.MarkedPage;
import entrepot.store.Secrets.Order;
import entrepot.store.Secrets.Part;
import entrepot.store.Secrets.Place;
import entrepot.store.Transaction;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The secrets of the caller's account in the region that is called. Source: Secrets Manager API, ListSecrets.
public final class ListSecrets implements Operation<ListSecrets.Input, ListSecrets.Output> {

    /// How many rows a page looks at, whatever its filters let through.
    private static final int LOOKED_AT = 1_000;

    public record Input(
            @Nullable Boolean includePlannedDeletion,
            @Nullable Integer maxResults,
            @Nullable String nextToken,
            @Nullable List<SecretFilter> filters,
            @Nullable String sortOrder,
            @Nullable String sortBy) {

        boolean lets(Transaction tx, Secret secret) {
            var isHere = secret.deletion() == null || Boolean.TRUE.equals(includePlannedDeletion);
            var all = filters == null ? List.<SecretFilter>of() : filters;
            if (!isHere || all.isEmpty()) {
                return isHere;
            }
            var tags = tx.secrets().tags(secret);
            return all.stream().allMatch(filter -> filter.lets(secret, tags));
        }

        void check() {
            if (filters != null) {
                filters.forEach(SecretFilter::check);
            }
        }
    }

    public record Output(List<Entry> secretList, @Nullable String nextToken) {}

    public record Entry(
            String arn,
            String name,
            @Nullable String description,
            @Nullable Instant lastChangedDate,
            @Nullable Instant lastAccessedDate,
            @Nullable Instant deletedDate,
            @Nullable List<SecretTag> tags,
            @Nullable Map<String, List<String>> secretVersionsToStages,
            Instant createdDate) {
        static Entry of(Transaction tx, Secret secret) {
            var whole = DescribeSecret.Output.of(tx, secret);
            return new Entry(
                    whole.arn(),
                    whole.name(),
                    whole.description(),
                    whole.lastChangedDate(),
                    whole.lastAccessedDate(),
                    whole.deletedDate(),
                    whole.tags(),
                    whole.versionIdsToStages(),
                    whole.createdDate());
        }
    }

    private final SecretCalls calls;

    ListSecrets(SecretCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(SecretNeeds.anywhere(name(), caller.registry().account()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        input.check();
        var order = order(input.sortBy());
        var descends = "desc".equals(input.sortOrder());
        var asked = SecretPage.of("secrets %s %s".formatted(order, descends), input.maxResults(), input.nextToken());
        var part = new Part(order, descends, place(asked.after()), LOOKED_AT);
        return calls.metadata().read(tx -> page(tx, tx.secrets().list(caller.registry(), part), input, asked));
    }

    private static Order order(@Nullable String sortBy) {
        return switch (sortBy) {
            case "name" -> Order.NAME;
            case null -> Order.CREATED;
            case "created-date" -> Order.CREATED;
            default -> throw SecretRefusals.parameter("SortBy %s is not supported here.".formatted(sortBy));
        };
    }

    /// A page ends where it is full, or where enough rows were looked at.
    private static Output page(Transaction tx, List<Secret> rows, Input input, MarkedPage asked) {
        var entries = new ArrayList<Entry>();
        for (int at = 0; at < rows.size(); at++) {
            if (entries.size() == asked.size()) {
                return new Output(entries, asked.marker(key(rows.get(at - 1))));
            }
            if (input.lets(tx, rows.get(at))) {
                entries.add(Entry.of(tx, rows.get(at)));
            }
        }
        return new Output(entries, rows.size() == LOOKED_AT ? asked.marker(key(rows.getLast())) : null);
    }

    private static String key(Secret secret) {
        return secret.createdAt() + " " + secret.name();
    }

    private static @Nullable Place place(@Nullable String key) {
        if (key == null) {
            return null;
        }
        try {
            var space = key.indexOf(' ');
            return new Place(Instant.parse(key.substring(0, space)), key.substring(space + 1));
        } catch (DateTimeParseException | IndexOutOfBoundsException e) {
            throw SecretPage.invalid();
        }
    }
}

package entrepot.operation.replication;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.operation.Operation;
import entrepot.operation.PageSize;
import entrepot.operation.PageToken;
import entrepot.operation.Permissions;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.replication.ReplicationConfiguration.Destination;
import entrepot.store.Backfills.Backfill;
import entrepot.store.Backfills.Entry;
import entrepot.store.Backfills.Status;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a backfill fares and, when it is over, what came of each image, page by page. Source: ECR API,
/// DescribeReplicationBackfillResults.
public final class DescribeReplicationBackfillResults
        implements Operation<DescribeReplicationBackfillResults.Input, DescribeReplicationBackfillResults.Output> {

    private static final String PAGE = "replication-backfill-results";

    public record Input(
            @Nullable AccountId registryId,
            String replicationBackfillId,
            @Nullable ResultStatus resultStatusFilter,
            @Nullable Integer maxResults,
            @Nullable String nextToken) {}

    /// ECR's `ReplicationBackfillResultStatus`.
    public enum ResultStatus {
        COMPLETE,
        FAILED;

        private Status status() {
            return Status.valueOf(name());
        }
    }

    /// ECR's `ReplicationBackfillResult`.
    public record Result(
            RepositoryName repositoryName,
            ImageId imageId,
            ResultStatus status,
            @Nullable String failureCode,
            @Nullable List<String> subImageFailureCodes) {

        private static Result of(Entry entry) {
            return new Result(
                    entry.repository(),
                    new ImageId(entry.digest(), entry.tag()),
                    ResultStatus.valueOf(entry.status().name()),
                    entry.failure(),
                    entry.partFailures());
        }
    }

    /// How it fares.
    ///
    /// @param results null as long as it is not over
    public record Output(
            AccountId registryId,
            String replicationBackfillId,
            Destination destination,
            Status status,
            @Nullable String failureCode,
            BackfillView.@Nullable Progress progress,
            @Nullable List<Result> results,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String nextToken) {}

    private record Page(
            @Nullable List<Result> results, @Nullable String next) {}

    private final MetadataStore metadata;

    DescribeReplicationBackfillResults(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return Permissions.anywhere(caller.registry(input.registryId()), name());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        var size = PageSize.of(law, input.maxResults());
        var token = PageToken.parse(input.nextToken());
        long after = token == null ? 0L : token.key(PAGE, Long::valueOf);
        return metadata.read(tx -> {
            var backfill = BackfillView.require(tx, registry, input.replicationBackfillId());
            return output(tx, backfill, page(tx, backfill, input, after, size));
        });
    }

    private static Page page(Transaction tx, Backfill backfill, Input input, long after, int size) {
        if (!backfill.status().isOver()) {
            return new Page(null, null);
        }
        var filter = input.resultStatusFilter() == null
                ? null
                : input.resultStatusFilter().status();
        var found = tx.backfills().entries(backfill, filter, after, size + 1);
        var shown = found.subList(0, Math.min(size, found.size()));
        var next = shown.size() < found.size()
                ? new PageToken(PAGE, Long.toString(shown.getLast().id())).toString()
                : null;
        return new Page(shown.stream().map(Result::of).toList(), next);
    }

    private static Output output(Transaction tx, Backfill backfill, Page page) {
        return new Output(
                backfill.registry().account(),
                backfill.uuid(),
                Destination.of(backfill.destination()),
                backfill.status(),
                backfill.failure(),
                BackfillView.Progress.of(tx, backfill),
                page.results(),
                backfill.startedAt(),
                backfill.endedAt(),
                page.next());
    }
}

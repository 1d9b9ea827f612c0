package entrepot.operation.replication;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on what a registry replicates.
public record ReplicationOperations(List<Operation<?, ?>> all) implements Family {

    public static ReplicationOperations with(Means means) {
        var metadata = means.metadata();
        var clock = means.clock();
        return new ReplicationOperations(List.of(
                new PutReplicationConfiguration(metadata, clock),
                new StartReplicationBackfill(metadata, clock),
                new StopReplicationBackfill(metadata, clock),
                new ListReplicationBackfills(metadata),
                new DescribeReplicationBackfillResults(metadata)));
    }
}

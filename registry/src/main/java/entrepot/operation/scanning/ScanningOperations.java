package entrepot.operation.scanning;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on scans, but for PutImageScanningConfiguration, which is about a repository.
public record ScanningOperations(List<Operation<?, ?>> all) implements Family {

    public static ScanningOperations with(Means means) {
        var metadata = means.metadata();
        return new ScanningOperations(List.of(
                new StartImageScan(
                        metadata, means.clock(), means.rules().scanner().isThere()),
                new DescribeImageScanFindings(metadata, means.vault()),
                new PutRegistryScanningConfiguration(metadata),
                new GetRegistryScanningConfiguration(metadata),
                new BatchGetRepositoryScanningConfiguration(metadata)));
    }
}

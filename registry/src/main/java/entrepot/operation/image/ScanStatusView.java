package entrepot.operation.image;

import entrepot.domain.ImageScan;
import entrepot.domain.ScanStatus;
import org.jspecify.annotations.Nullable;

/// ECR's `ImageScanStatus`.
public record ScanStatusView(ScanStatus status, @Nullable String description) {

    /// Of a scan that is to be made.
    public static final ScanStatusView IN_PROGRESS = new ScanStatusView(ScanStatus.IN_PROGRESS, null);

    public static ScanStatusView of(ImageScan scan) {
        return new ScanStatusView(
                scan.status(), scan.ended().map(ImageScan.Result::description).orElse(null));
    }
}

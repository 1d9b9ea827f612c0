package entrepot.scan;

import entrepot.operation.ImageChanges;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import entrepot.store.Reserve;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What scans are made with.
///
/// @param reserve of the disk, which images leave free that are scanned
/// @param attached stores what images are made of beside them; null where nobody asks for that
/// @param changes is told of scans that have ended
public record ScanMeans(
        MetadataStore metadata,
        Vault vault,
        Reserve reserve,
        @Nullable AttachedComponents attached,
        ImageChanges changes,
        InstantSource clock) {}

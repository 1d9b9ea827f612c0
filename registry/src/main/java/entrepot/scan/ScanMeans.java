package entrepot.scan;

import entrepot.operation.ImageChanges;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import entrepot.store.Reserve;
import java.time.InstantSource;

/// What scans are made with.
///
/// @param reserve of the disk, which images leave free that are scanned
/// @param changes is told of scans that have ended
public record ScanMeans(
        MetadataStore metadata, Vault vault, Reserve reserve, ImageChanges changes, InstantSource clock) {}

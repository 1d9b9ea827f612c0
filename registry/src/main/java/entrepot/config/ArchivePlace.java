package entrepot.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the bytes go of layers that only archived images use; where nothing is said they stay where they are.
///
/// @param disk a folder, beside blobs on the disk
/// @param storageClass of their objects, beside blobs in S3
public record ArchivePlace(@Nullable Path disk, @Nullable String storageClass) {

    static final ArchivePlace NONE = new ArchivePlace(null, null);

    static ArchivePlace read(Sources sources) {
        return new ArchivePlace(
                sources.optional("archive.disk", Path::of).orElse(null),
                sources.optional("archive.storage-class", BlobKind::storageClass)
                        .orElse(null));
    }

    void refuseContradictions(BlobKind blobs) {
        if (disk != null && !(blobs instanceof BlobKind.Disk)) {
            throw new ConfigException("archive.disk goes with blobs on the disk; in S3 it is archive.storage-class");
        }
        if (storageClass != null && !(blobs instanceof BlobKind.S3)) {
            throw new ConfigException("archive.storage-class goes with blobs in S3; on the disk it is archive.disk");
        }
    }
}

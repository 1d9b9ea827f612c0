package entrepot.store;

import entrepot.domain.LayerUpload;
import entrepot.domain.UploadId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The uploads of all repositories, open and lately completed.
public interface Uploads {

    void create(LayerUpload upload);

    Optional<LayerUpload> find(UploadId id);

    /// Writes the upload as it is now.
    void update(LayerUpload upload);

    /// Removing an absent one is not an error.
    void delete(UploadId id);

    /// How many uploads the principal has open, counted no further than `atMost`.
    int countOpen(String principal, int atMost);

    /// Uploads, open or completed, that nothing has touched since `before`.
    List<LayerUpload> untouchedSince(Instant before, int limit);
}

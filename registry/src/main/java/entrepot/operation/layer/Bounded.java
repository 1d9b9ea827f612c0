package entrepot.operation.layer;

import entrepot.domain.Content;
import entrepot.domain.Metered;
import entrepot.domain.RegistryException;

/// Refuses content that becomes more than there is room for, before the first byte that is too many is written.
final class Bounded implements Metered.Meter {

    private final RegistryException refusal;
    private long left;

    /// @param refusal what to say of more
    private Bounded(long bytes, RegistryException refusal) {
        this.left = bytes;
        this.refusal = refusal;
    }

    /// Fails at once where the length is known.
    static Content of(Content content, long bytes, RegistryException refusal) {
        if (content.length() > bytes) {
            throw refusal;
        }
        return new Metered(content, new Bounded(bytes, refusal));
    }

    @Override
    public void before(int bytes) {
        if (bytes > left) {
            throw refusal;
        }
        left -= bytes;
    }
}

package entrepot.operation.secret;

import entrepot.domain.ResourceTag;
import org.jspecify.annotations.Nullable;

/// A tag as a call has it, whose parts the model lets be absent.
public record SecretTag(@Nullable String key, @Nullable String value) {

    static SecretTag of(ResourceTag tag) {
        return new SecretTag(tag.key(), tag.value());
    }

    /// Of one whose key was found to be there.
    ResourceTag stored() {
        return new ResourceTag(String.valueOf(key), value == null ? "" : value);
    }
}

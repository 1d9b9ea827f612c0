package entrepot.operation.key.lifecycle;

import entrepot.domain.ResourceTag;

/// A tag, as KMS calls its parts.
public record KeyTag(String tagKey, String tagValue) {

    static KeyTag of(ResourceTag tag) {
        return new KeyTag(tag.key(), tag.value());
    }

    ResourceTag stored() {
        return new ResourceTag(tagKey, tagValue);
    }
}

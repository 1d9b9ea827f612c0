package entrepot.upstream;

import entrepot.domain.Digest;
import entrepot.domain.MediaType;
import org.jspecify.annotations.Nullable;

/// What another registry says of a manifest without sending it, which nobody has verified.
///
/// @param digest null where it does not say
/// @param mediaType null where it does not say, or says none of a manifest
/// @param length in bytes; -1 where it does not say
public record UpstreamHead(
        @Nullable Digest digest, @Nullable MediaType mediaType, long length) {}

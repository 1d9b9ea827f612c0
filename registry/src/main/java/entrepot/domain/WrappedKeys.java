package entrepot.domain;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// The data keys that some bytes are sealed under, each wrapped by the key service: whoever has this and cannot have
/// them unwrapped has nothing.
///
/// @param by what wrapped them
/// @param repository in whose name, which must be told to unwrap them: ECR's encryption context `aws:ecr:arn`
/// @param keys as many as [Encryption.ByKey#layers], the outermost last
public record WrappedKeys(Encryption.ByKey by, Arn repository, List<Key> keys) {

    /// One key, in Base64.
    public record Key(String base64) {

        public static Key of(byte[] wrapped) {
            return new Key(Base64.getEncoder().encodeToString(wrapped));
        }

        public byte[] bytes() {
            return Base64.getDecoder().decode(base64);
        }
    }

    public WrappedKeys {
        keys = List.copyOf(keys);
        if (keys.size() != by.layers()) {
            throw new IllegalArgumentException("%d keys for %d layers".formatted(keys.size(), by.layers()));
        }
    }

    /// As one line, which [#parse] reads.
    @Override
    public String toString() {
        return "%s %s %s"
                .formatted(by.key(), repository, keys.stream().map(Key::base64).collect(Collectors.joining(" ")));
    }

    /// Fails with IllegalArgumentException if the text is not one of these.
    public static WrappedKeys parse(String text) {
        var words = text.split(" ");
        if (words.length < 3) {
            throw new IllegalArgumentException("no wrapped keys: " + text);
        }
        var keys = Arrays.stream(words).skip(2).map(Key::new).toList();
        return new WrappedKeys(new Encryption.ByKey(keys.size(), new Arn(words[0])), new Arn(words[1]), keys);
    }
}

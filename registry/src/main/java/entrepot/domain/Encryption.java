package entrepot.domain;

/// How a repository's bytes lie at rest, decided when it is made and for ever: ECR's `EncryptionConfiguration`. Bytes
/// are known by their digest and this together, so that no two repositories share bytes that only one can read.
public sealed interface Encryption {

    /// The storage's own encryption, of which this program knows nothing: ECR's `AES256`.
    Encryption AES256 = new OfStorage();

    record OfStorage() implements Encryption {
        @Override
        public String toString() {
            return "AES256";
        }
    }

    /// Under data keys that a key of a key service wraps.
    ///
    /// @param layers one, or two where each byte is encrypted twice: ECR's `KMS` and `KMS_DSSE`
    /// @param key its ARN
    record ByKey(int layers, Arn key) implements Encryption {

        public ByKey {
            if (layers < 1 || layers > 2) {
                throw new IllegalArgumentException("nothing is encrypted %d times".formatted(layers));
            }
        }

        /// ECR's name.
        public String type() {
            return layers == 1 ? "KMS" : "KMS_DSSE";
        }

        @Override
        public String toString() {
            return type() + " " + key;
        }
    }
}

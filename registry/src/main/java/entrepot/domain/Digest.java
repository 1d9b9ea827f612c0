package entrepot.domain;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The address of some bytes, such as `sha256:2c26b46b…`. Equal digests mean equal bytes.
///
/// Source: OCI image specification, descriptor, "Digests".
public record Digest(Algorithm algorithm, String hex) implements Reference, Comparable<Digest> {

    /// The algorithms that the OCI image specification registers.
    public enum Algorithm {
        SHA256("SHA-256", 64),
        SHA512("SHA-512", 128);

        private final String jdkName;
        private final int hexLength;

        Algorithm(String jdkName, int hexLength) {
            this.jdkName = jdkName;
            this.hexLength = hexLength;
        }

        /// A new computation of this algorithm, which starts with no bytes. A copy, since to look for who computes it
        /// would take longer than many a computation.
        public MessageDigest newComputation() {
            try {
                return (MessageDigest)
                        switch (this) {
                            case SHA256 -> Fresh.SHA256.clone();
                            case SHA512 -> Fresh.SHA512.clone();
                        };
            } catch (CloneNotSupportedException e) {
                throw new AssertionError("every JDK can copy its hashes", e);
            }
        }

        /// The name as it stands before the colon of a digest.
        public String prefix() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Empty for a name that is not registered.
        public static Optional<Algorithm> named(String prefix) {
            return switch (prefix) {
                case "sha256" -> Optional.of(SHA256);
                case "sha512" -> Optional.of(SHA512);
                default -> Optional.empty();
            };
        }
    }

    /// Computations that nothing is given to.
    private static final class Fresh {
        static final MessageDigest SHA256 = make(Algorithm.SHA256);
        static final MessageDigest SHA512 = make(Algorithm.SHA512);

        private static MessageDigest make(Algorithm algorithm) {
            try {
                return MessageDigest.getInstance(algorithm.jdkName);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every JDK has " + algorithm.jdkName, e);
            }
        }
    }

    /// What ECR's model calls a digest, as its messages quote it: wider than what is one.
    public static final String MODEL_GRAMMAR = "[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+";

    private static final Pattern MODEL = Pattern.compile(MODEL_GRAMMAR);

    public Digest {
        if (!isHash(algorithm, hex)) {
            throw new RegistryException(new RepositoryError.InvalidDigest(algorithm.prefix() + ":" + hex));
        }
    }

    /// Whether ECR's model lets this text pass for a digest.
    public static boolean isOfTheModel(String text) {
        return MODEL.matcher(text).matches();
    }

    /// Empty if the text is not a digest of a registered algorithm.
    public static Optional<Digest> find(String text) {
        var colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        var hex = text.substring(colon + 1);
        return Algorithm.named(text.substring(0, colon))
                .filter(a -> isHash(a, hex))
                .map(a -> new Digest(a, hex));
    }

    /// A loop and no pattern: every push and pull reads dozens of digests.
    private static boolean isHash(Algorithm algorithm, String hex) {
        if (hex.length() != algorithm.hexLength) {
            return false;
        }
        for (var i = 0; i < hex.length(); i++) {
            var c = hex.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /// Fails with [RepositoryError.InvalidDigest] if the text is not a digest.
    public static Digest parse(String text) {
        return find(text).orElseThrow(() -> new RegistryException(new RepositoryError.InvalidDigest(text)));
    }

    public static Digest of(Algorithm algorithm, byte[] hash) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash));
    }

    /// Of all the bytes of a content, which are written once for it.
    public static Digest of(Algorithm algorithm, Content content) throws IOException {
        var hash = algorithm.newComputation();
        content.writeTo(new HashSink(hash));
        return of(algorithm, hash.digest());
    }

    /// The hash itself.
    public byte[] hash() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return algorithm.prefix() + ":" + hex;
    }
}

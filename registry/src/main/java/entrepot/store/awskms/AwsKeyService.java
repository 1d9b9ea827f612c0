package entrepot.store.awskms;

import entrepot.domain.Arn;
import entrepot.domain.KeyArn;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryError;
import entrepot.store.KeyService;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;

/// Keys of AWS KMS, or of what speaks as it does. Each region has its own, as ECR has it: a key is in the region of its
/// repository.
///
/// Source: AWS KMS API, DescribeKey, GenerateDataKey, Decrypt.
public final class AwsKeyService implements KeyService {

    private static final String CONTEXT = "aws:ecr:arn";
    private static final int DATA_KEY_BYTES = 32;
    private static final Set<String> ANSWERS =
            Set.of(Failures.NOT_FOUND, "KMS.AccessDeniedException", RepositoryError.Kms.THROTTLING);

    private final Function<String, KmsClient> clients;
    private final Map<String, KmsClient> open = new ConcurrentHashMap<>();

    /// Nothing is asked of the service before a key is needed.
    public AwsKeyService(AwsKms where) {
        this.clients = where::client;
    }

    @Override
    public Arn resolve(RegistryId registry, @Nullable String named) {
        try {
            var name = named == null ? DEFAULT_KEY : named;
            return asking(registry.region(), kms -> arn(kms.describeKey(ask -> ask.keyId(name))));
        } catch (RegistryException e) {
            throw named == null && isNotFound(e) ? noDefault() : e;
        }
    }

    /// An ARN is not asked about. A service that cannot be reached tells nothing of any key, and no decision waits for
    /// it twice.
    @Override
    public Meant meant(RegistryId registry, String named) {
        return new Meant(KeyArn.parse(named).map(KeyArn::toArn).orElseGet(() -> found(registry, named)), false);
    }

    private Arn found(RegistryId registry, String named) {
        try {
            return resolve(registry, named);
        } catch (RegistryException e) {
            if (e.error() instanceof RepositoryError.Kms kms && kms.isPassing()) {
                throw e;
            }
            return new KeyArn(registry, "none").toArn();
        }
    }

    private static Arn arn(DescribeKeyResponse key) {
        if (key.keyMetadata() == null || key.keyMetadata().arn() == null) {
            throw Failures.nonsense("with no key");
        }
        return new Arn(key.keyMetadata().arn());
    }

    private static boolean isNotFound(RegistryException e) {
        return e.error() instanceof RepositoryError.Kms kms && kms.kmsError().equals(Failures.NOT_FOUND);
    }

    private static RegistryException noDefault() {
        return Failures.of(
                Failures.NOT_FOUND,
                "The key service has no key %s, so a key must be named as kmsKey".formatted(DEFAULT_KEY));
    }

    @Override
    public DataKey generate(Arn key, Arn repository) {
        var made = asking(
                region(key),
                kms -> kms.generateDataKey(ask ->
                        ask.keyId(key.value()).keySpec(DataKeySpec.AES_256).encryptionContext(context(repository))));
        requireSame(key, made.keyId());
        if (made.ciphertextBlob() == null) {
            throw Failures.nonsense("with a data key that is not wrapped");
        }
        return new DataKey(plain(made.plaintext()), made.ciphertextBlob().asByteArray());
    }

    @Override
    public byte[] unwrap(Arn key, Arn repository, byte[] wrapped) {
        var opened = asking(
                region(key),
                kms -> kms.decrypt(ask -> ask.keyId(key.value())
                        .ciphertextBlob(SdkBytes.fromByteArray(wrapped))
                        .encryptionContext(context(repository))));
        requireSame(key, opened.keyId());
        return plain(opened.plaintext());
    }

    private static Map<String, String> context(Arn repository) {
        return Map.of(CONTEXT, repository.value());
    }

    /// A service that answers for another key than was asked is not to be trusted with anything.
    private static void requireSame(Arn key, @Nullable String answered) {
        if (!key.value().equals(answered)) {
            throw Failures.nonsense("for the key %s instead of %s".formatted(answered, key));
        }
    }

    private static byte[] plain(@Nullable SdkBytes plaintext) {
        if (plaintext == null || plaintext.asByteArrayUnsafe().length != DATA_KEY_BYTES) {
            throw Failures.nonsense("with no data key");
        }
        return plaintext.asByteArray();
    }

    /// `arn:aws:kms:REGION:...`
    private static String region(Arn key) {
        var parts = key.value().split(":", 5);
        return parts.length < 5 ? "" : parts[3];
    }

    private <T> T asking(String region, Function<KmsClient, T> call) {
        try {
            return call.apply(open.computeIfAbsent(region, clients));
        } catch (RegistryException e) {
            throw e;
        } catch (RuntimeException e) { // whatever the SDK makes of an answer that is none
            throw Failures.of(e);
        }
    }

    /// That there is no default key, that we may not look at it, or not so often, is an answer.
    @Override
    public void check(RegistryId home) {
        try {
            resolve(home, null);
        } catch (RegistryException e) {
            if (!(e.error() instanceof RepositoryError.Kms kms && ANSWERS.contains(kms.kmsError()))) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        open.values().forEach(KmsClient::close);
    }

    @Override
    public String toString() {
        return "AWS KMS";
    }
}

package entrepot.operation.key;

import entrepot.auth.policy.PolicyDocument;
import entrepot.domain.Arn;
import entrepot.domain.EncryptionKey;
import entrepot.domain.EncryptionKey.Manager;
import entrepot.domain.KeyAlias;
import entrepot.domain.KeyArn;
import entrepot.domain.KmsError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryError;
import entrepot.store.KeyService;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The built-in key service as ECR uses it for a repository, without a request of anybody's: whether a repository may
/// have a key is decided before. Each ciphertext is bound to the repository's ARN.
///
/// Source: ECR user guide, "Encryption at rest".
public record RepositoryKeys(MetadataStore metadata, InstantSource clock) implements KeyService {

    private static final int DATA_KEY_BYTES = 32;
    private static final String CANNOT_BE_USED = "The key service cannot use the key. Its log tells why.";

    private static final Logger LOG = LoggerFactory.getLogger(RepositoryKeys.class);

    /// They lie where the rest of the metadata does.
    @Override
    public void check(RegistryId home) {
        metadata.check();
    }

    @Override
    public Arn resolve(RegistryId registry, @Nullable String named) {
        return asking(() -> named == null || named.equals(DEFAULT_KEY)
                ? managed(registry).arn()
                : switch (KeyName.parse(registry, named)) {
                    case KeyName.ById(var arn) ->
                        metadata.read(tx -> Keys.require(tx, arn)).arn();
                    case KeyName.ByAlias(var alias) -> named(alias).toArn();
                });
    }

    @Override
    public Meant meant(RegistryId registry, String named) {
        return asking(() -> switch (KeyName.parse(registry, named)) {
            case KeyName.ById(var arn) -> new Meant(arn.toArn(), true);
            case KeyName.ByAlias(var alias) -> new Meant(meant(alias).toArn(), true);
        });
    }

    private KeyArn meant(KeyAlias.Name alias) {
        return metadata.read(tx -> tx.keyAliases().find(alias.home(), alias.name()))
                .map(found -> new KeyArn(found.home(), found.keyId()))
                .orElse(new KeyArn(alias.home(), "none"));
    }

    @Override
    public void grant(Transaction tx, Arn key, Arn repository) {
        asking(() -> {
            RepositoryGrants.make(tx, arn(key), repository, clock.instant());
            return key;
        });
    }

    @Override
    public void retire(Transaction tx, Arn key, Arn repository) {
        RepositoryGrants.retire(tx, arn(key), repository);
    }

    @Override
    public void requireGrant(Arn key, Arn repository, String operation) {
        if (!asking(() -> metadata.read(tx -> RepositoryGrants.allow(tx, arn(key), repository, operation)))) {
            throw new RegistryException(new RepositoryError.Kms(
                    RepositoryError.Kms.ACCESS_DENIED,
                    "No grant of %s lets ECR perform kms:%s for %s".formatted(key, operation, repository)));
        }
    }

    private KeyArn named(KeyAlias.Name alias) {
        return metadata.read(tx -> tx.keyAliases().find(alias.home(), alias.name()))
                .map(found -> new KeyArn(found.home(), found.keyId()))
                .orElseThrow(() -> KeyRefusals.noSuchAlias(alias.arn()));
    }

    /// The key `alias/aws/ecr` of a registry, made if it is not there.
    public EncryptionKey managed(RegistryId home) {
        return metadata.read(tx -> find(tx, home))
                .orElseGet(() -> metadata.transact(tx -> find(tx, home).orElseGet(() -> make(tx, home))));
    }

    private static Optional<EncryptionKey> find(Transaction tx, RegistryId home) {
        return tx.keyAliases()
                .find(home, DEFAULT_KEY)
                .flatMap(alias -> tx.encryptionKeys().find(alias.keyId()));
    }

    private EncryptionKey make(Transaction tx, RegistryId home) {
        var now = clock.instant();
        var description = "Default key that protects my ECR images when no other key is defined";
        var key = EncryptionKey.create(UUID.randomUUID().toString(), home, Manager.AWS, description, now);
        var policy = policy(home);
        tx.encryptionKeys().create(key, PolicyDocument.pretty(policy), EncryptionKey.newMaterial());
        tx.keyAliases().create(new KeyAlias(home, DEFAULT_KEY, key.id(), now, now));
        return key;
    }

    /// All of the account may use it through ECR, and see that it is there.
    private static String policy(RegistryId home) {
        return """
            {"Version": "2012-10-17", "Id": "auto-ecr-1", "Statement": [{"Effect": "Allow", "Principal": "*",
            "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant",
            "kms:DescribeKey"], "Resource": "*", "Condition": {"StringEquals": {"kms:CallerAccount": "%2$s",
            "kms:ViaService": "%3$s"}}}, {"Effect": "Allow",
            "Principal": {"AWS": "arn:%1$s:iam::%2$s:root"}, "Action": ["kms:Describe*", "kms:Get*", "kms:List*",
            "kms:RevokeGrant"], "Resource": "*"}]}""".formatted(home.partition(), home.account(), RepositoryGrants.ecr(home.region()));
    }

    @Override
    public DataKey generate(Arn key, Arn repository) {
        var made = asking(
                () -> new KeyUse(metadata).newDataKey(arn(key), DATA_KEY_BYTES, RepositoryGrants.context(repository)));
        return new DataKey(made.plaintext(), made.ciphertext());
    }

    @Override
    public byte[] unwrap(Arn key, Arn repository, byte[] wrapped) {
        return asking(() -> {
            var ciphertext = Ciphertext.parse(wrapped).orElseThrow(KeyRefusals::ciphertext);
            return new KeyUse(metadata).decrypt(arn(key), ciphertext, RepositoryGrants.context(repository));
        });
    }

    private static KeyArn arn(Arn key) {
        return KeyArn.parse(key.value()).orElseThrow(() -> KeyRefusals.noSuchKey(key));
    }

    /// What ECR tells of what the key service refuses, or cannot do: a key whose material does not open fails alone.
    private static <T> T asking(Supplier<T> call) {
        try {
            return call.get();
        } catch (RegistryException e) {
            throw e.error() instanceof KmsError refusal
                    ? new RegistryException(new RepositoryError.Kms("KMS." + refusal.type(), refusal.message()))
                    : e;
        } catch (IllegalStateException e) {
            LOG.error("a key of the key service cannot be used: {}", e.getMessage());
            throw new RegistryException(new RepositoryError.Kms(RepositoryError.Kms.INTERNAL, CANNOT_BE_USED));
        }
    }

    @Override
    public String toString() {
        return "built-in key service";
    }
}

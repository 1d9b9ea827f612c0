package entrepot.operation.key;

import entrepot.auth.policy.PolicyDocument;
import entrepot.domain.Arn;
import entrepot.domain.EncryptionKey;
import entrepot.domain.EncryptionKey.Manager;
import entrepot.domain.KeyAlias;
import entrepot.domain.KeyArn;
import entrepot.domain.RegistryId;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The key service as ECR uses it for a repository, without a request of anybody's: whether a repository may have a key
/// is decided before. Each ciphertext is bound to the repository's ARN. Source: ECR user guide, "Encryption at rest".
public record RepositoryKeys(MetadataStore metadata, InstantSource clock) {

    /// The key of a repository for which none was named.
    public static final String ALIAS = "alias/aws/ecr";

    private static final String CONTEXT = "aws:ecr:arn";

    /// The key `alias/aws/ecr` of a registry, made if it is not there.
    public EncryptionKey managed(RegistryId home) {
        return metadata.read(tx -> find(tx, home))
                .orElseGet(() -> metadata.transact(tx -> find(tx, home).orElseGet(() -> make(tx, home))));
    }

    private static Optional<EncryptionKey> find(Transaction tx, RegistryId home) {
        return tx.keyAliases()
                .find(home, ALIAS)
                .flatMap(alias -> tx.encryptionKeys().find(alias.keyId()));
    }

    private EncryptionKey make(Transaction tx, RegistryId home) {
        var now = clock.instant();
        var description = "Default key that protects my ECR images when no other key is defined";
        var key = EncryptionKey.create(UUID.randomUUID().toString(), home, Manager.AWS, description, now);
        var policy = policy(home);
        tx.encryptionKeys().create(key, PolicyDocument.pretty(policy), EncryptionKey.newMaterial());
        tx.keyAliases().create(new KeyAlias(home, ALIAS, key.id(), now, now));
        return key;
    }

    /// All of the account may use it through ECR, and see that it is there.
    private static String policy(RegistryId home) {
        return """
            {"Version": "2012-10-17", "Id": "auto-ecr-1", "Statement": [{"Effect": "Allow", "Principal": "*",
            "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant",
            "kms:DescribeKey"], "Resource": "*", "Condition": {"StringEquals": {"kms:CallerAccount": "%2$s",
            "kms:ViaService": "ecr.%3$s.amazonaws.com"}}}, {"Effect": "Allow",
            "Principal": {"AWS": "arn:%1$s:iam::%2$s:root"}, "Action": ["kms:Describe*", "kms:Get*", "kms:List*",
            "kms:RevokeGrant"], "Resource": "*"}]}""".formatted(home.partition(), home.account(), home.region());
    }

    /// A key for data of the repository, of 32 bytes.
    ///
    /// @throws entrepot.domain.RegistryException with a `KmsError` if the key is not there, or cannot be used
    public KeyUse.DataKey newDataKey(KeyArn key, Arn repository) {
        return new KeyUse(metadata).newDataKey(key, 32, context(repository));
    }

    /// Such a key in the clear again.
    ///
    /// @throws entrepot.domain.RegistryException as above, and for what another key encrypted, or this one for
    ///     another repository, or what is no longer as it was encrypted
    public byte[] decrypt(KeyArn key, byte[] ciphertext, Arn repository) {
        var parsed = Ciphertext.parse(ciphertext).orElseThrow(KeyRefusals::ciphertext);
        return new KeyUse(metadata).decrypt(key, parsed, context(repository));
    }

    private static Map<String, String> context(Arn repository) {
        return Map.of(CONTEXT, repository.value());
    }
}

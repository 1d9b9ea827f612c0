package entrepot.operation.key;

import entrepot.auth.Caller;
import entrepot.domain.Content;
import entrepot.domain.EncryptionKey;
import entrepot.domain.KeyArn;
import entrepot.operation.World;
import entrepot.operation.key.alias.CreateAlias;
import entrepot.operation.key.cryptography.Decrypt;
import entrepot.operation.key.cryptography.Encrypt;
import entrepot.operation.key.grant.Constraints;
import entrepot.operation.key.grant.CreateGrant;
import entrepot.operation.key.grant.ListGrants;
import entrepot.operation.key.grant.RevokeGrant;
import entrepot.operation.key.lifecycle.CreateKey;
import entrepot.operation.key.lifecycle.DisableKey;
import entrepot.operation.key.lifecycle.ScheduleKeyDeletion;
import entrepot.operation.key.policy.PutKeyPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A world with keys in it.
public record KeyWorld(World world) implements AutoCloseable {

    public static KeyWorld create() {
        return new KeyWorld(World.withApp());
    }

    /// The id of a new key.
    public String key() {
        return key(world.root, null);
    }

    public String key(Caller caller, @Nullable String policy) {
        return world.call(caller, world.the(CreateKey.class), input(policy, null))
                .keyMetadata()
                .keyId();
    }

    public static CreateKey.Input input(@Nullable String policy, @Nullable String keySpec) {
        return new CreateKey.Input(policy, null, null, null, keySpec, null, null, null, null, null, null);
    }

    public static KeyArn arn(String key) {
        return new KeyArn(World.ID, key);
    }

    public EncryptionKey stored(String key) {
        return world.metadata.read(tx -> tx.encryptionKeys().find(key).orElseThrow());
    }

    public void disable(String key) {
        world.call(world.the(DisableKey.class), new DisableKey.Input(key));
    }

    public void scheduleDeletion(String key) {
        world.call(world.the(ScheduleKeyDeletion.class), new ScheduleKeyDeletion.Input(key, 7));
    }

    public void alias(String name, String key) {
        world.call(world.the(CreateAlias.class), new CreateAlias.Input(name, key));
    }

    public void policy(String key, String policy) {
        world.call(world.the(PutKeyPolicy.class), new PutKeyPolicy.Input(key, null, policy, true));
    }

    /// The id of a new grant.
    public String grant(Caller caller, String key, String grantee, @Nullable Constraints constraints, String... may) {
        return world.call(caller, world.the(CreateGrant.class), granting(key, grantee, null, constraints, may))
                .grantId();
    }

    public static CreateGrant.Input granting(
            String key,
            String grantee,
            @Nullable String retiring,
            @Nullable Constraints constraints,
            String... operations) {
        return new CreateGrant.Input(
                key, grantee, retiring, List.of(operations), constraints, null, null, null, null, null);
    }

    public List<ListGrants.Entry> grants(String key) {
        return world.call(world.the(ListGrants.class), new ListGrants.Input(null, null, key, null, null, null))
                .grants();
    }

    public void revoke(String key, String grant) {
        world.call(world.the(RevokeGrant.class), new RevokeGrant.Input(key, grant, null));
    }

    public byte[] encrypt(String key, byte[] text, Map<String, String> context) {
        return encrypt(world.root, key, text, context);
    }

    public byte[] encrypt(Caller caller, String key, byte[] text, Map<String, String> context) {
        var input = new Encrypt.Input(key, new Content.Bytes(text), context, null, null, null);
        return world.call(caller, world.the(Encrypt.class), input).ciphertextBlob();
    }

    public byte[] decrypt(byte[] ciphertext, @Nullable String key, Map<String, String> context) {
        return decrypt(world.root, ciphertext, key, context);
    }

    public byte[] decrypt(Caller caller, byte[] ciphertext, @Nullable String key, Map<String, String> context) {
        var input = new Decrypt.Input(new Content.Bytes(ciphertext), context, null, key, null, null, null);
        return world.call(caller, world.the(Decrypt.class), input).plaintext();
    }

    @Override
    public void close() {
        world.close();
    }
}

package entrepot.domain;

import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key of the key service, without its material. AWS calls it a KMS key.
///
/// @param id a UUID, never used again
/// @param home the account and the region that it is of
/// @param deletion null unless its state is [State#PENDING_DELETION]
/// @param rotation null unless it rotates by itself
/// @param material the number of the newest one, from 1 on
public record EncryptionKey(
        String id,
        RegistryId home,
        Manager manager,
        String description,
        State state,
        @Nullable Deletion deletion,
        @Nullable Rotation rotation,
        int material,
        Instant createdAt) {

    public static final int MATERIAL_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    /// Who says what becomes of it: an account, or a service on its behalf.
    public enum Manager {
        CUSTOMER,
        AWS
    }

    /// Source: KMS developer guide, "Key states of AWS KMS keys".
    public enum State {
        ENABLED("Enabled"),
        DISABLED("Disabled"),
        PENDING_DELETION("PendingDeletion");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /// As KMS calls it.
        @Override
        public String toString() {
            return text;
        }
    }

    /// When its material goes.
    ///
    /// @param days that there were until then
    public record Deletion(int days, Instant at) {}

    /// How often it gets a new material, and when the next time.
    public record Rotation(int days, Instant next) {}

    /// A new one.
    public static EncryptionKey create(String id, RegistryId home, Manager manager, String description, Instant now) {
        return new EncryptionKey(id, home, manager, description, State.ENABLED, null, null, 1, now);
    }

    /// What a new key, or a rotated one, encrypts with: random bytes.
    public static byte[] newMaterial() {
        var material = new byte[MATERIAL_BYTES];
        RANDOM.nextBytes(material);
        return material;
    }

    public Arn arn() {
        return new KeyArn(home, id).toArn();
    }

    /// The same, enabled or disabled.
    public EncryptionKey in(State other) {
        return new EncryptionKey(id, home, manager, description, other, null, rotation, material, createdAt);
    }

    /// The same, to be deleted.
    public EncryptionKey deletedAt(Deletion when) {
        return new EncryptionKey(
                id, home, manager, description, State.PENDING_DELETION, when, rotation, material, createdAt);
    }

    public EncryptionKey describedAs(String text) {
        return new EncryptionKey(id, home, manager, text, state, deletion, rotation, material, createdAt);
    }

    /// The same, rotating by itself or, with null, not.
    public EncryptionKey rotating(@Nullable Rotation how) {
        return new EncryptionKey(id, home, manager, description, state, deletion, how, material, createdAt);
    }
}

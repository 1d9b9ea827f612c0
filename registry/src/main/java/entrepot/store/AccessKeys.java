package entrepot.store;

import java.util.Optional;

/// The access keys of all principals, and the server's own secrets.
public interface AccessKeys {

    Optional<AccessKey> find(String id);

    void create(AccessKey key);

    /// A secret of the server that all nodes share, such as the key that signs tokens.
    Optional<byte[]> secret(String name);

    void createSecret(String name, byte[] value);

    /// Nothing happens if there is no secret of that name.
    void replaceSecret(String name, byte[] value);

    /// What signs the requests of one principal.
    ///
    /// @param id `AKIA` and sixteen characters
    /// @param principal the ARN that the key speaks for
    record AccessKey(String id, String secret, String account, String principal) {
        /// Without the secret, so that no log can hold it.
        @Override
        public String toString() {
            return "AccessKey[" + id + " of " + principal + "]";
        }
    }
}

package entrepot.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Arn;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryError;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Keys that go with the process, and what a key service does with them. See [KeyServiceContract].
public final class MemoryKeyService implements KeyService {

    private static final int BYTES = 32;
    private static final int NONCE = 12;

    private final SecureRandom random = new SecureRandom();
    private final Map<Arn, byte[]> keys = new ConcurrentHashMap<>();
    private final Map<RegistryId, Arn> defaults = new ConcurrentHashMap<>();
    private final Set<Arn> disabled = ConcurrentHashMap.newKeySet();

    /// A new key of the registry's account, in its region.
    public Arn create(RegistryId registry) {
        var arn = new Arn("arn:%s:kms:%s:%s:key/%s"
                .formatted(registry.partition(), registry.region(), registry.account(), UUID.randomUUID()));
        keys.put(arn, randomBytes(BYTES));
        return arn;
    }

    public void disable(Arn key) {
        disabled.add(key);
    }

    public void enable(Arn key) {
        disabled.remove(key);
    }

    @Override
    public Arn resolve(RegistryId registry, @Nullable String named) {
        return named == null || named.equals(DEFAULT_KEY)
                ? defaults.computeIfAbsent(registry, this::create)
                : keys.keySet().stream()
                        .filter(key -> key.value().equals(named) || key.value().endsWith(":key/" + named))
                        .findFirst()
                        .orElseThrow(() -> notFound(named));
    }

    @Override
    public DataKey generate(Arn key, Arn repository) {
        var plain = randomBytes(BYTES);
        var nonce = randomBytes(NONCE);
        var sealed = run(Cipher.ENCRYPT_MODE, key, repository, nonce, plain);
        return new DataKey(
                plain,
                ByteBuffer.allocate(NONCE + sealed.length)
                        .put(nonce)
                        .put(sealed)
                        .array());
    }

    @Override
    public byte[] unwrap(Arn key, Arn repository, byte[] wrapped) {
        var nonce = Arrays.copyOf(wrapped, NONCE);
        var sealed = Arrays.copyOfRange(wrapped, Math.min(NONCE, wrapped.length), wrapped.length);
        return run(Cipher.DECRYPT_MODE, key, repository, nonce, sealed);
    }

    private byte[] run(int mode, Arn key, Arn repository, byte[] nonce, byte[] input) {
        var secret = Optional.ofNullable(keys.get(key)).orElseThrow(() -> notFound(key.value()));
        if (disabled.contains(key)) {
            throw failure("KMS.DisabledException", key + " is disabled.");
        }
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(repository.value().getBytes(UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw failure("KMS.InvalidCiphertextException", "The ciphertext is not of this key and context.");
        }
    }

    private byte[] randomBytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static RegistryException notFound(String key) {
        return failure("KMS.NotFoundException", "Key '%s' does not exist".formatted(key));
    }

    private static RegistryException failure(String kmsError, String message) {
        return new RegistryException(new RepositoryError.Kms(kmsError, message));
    }
}

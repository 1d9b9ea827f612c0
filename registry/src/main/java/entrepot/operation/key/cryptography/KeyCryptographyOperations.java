package entrepot.operation.key.cryptography;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import entrepot.operation.key.Keys;
import java.util.List;

/// The operations that encrypt and decrypt.
public record KeyCryptographyOperations(List<Operation<?, ?>> all) implements Family {

    public static KeyCryptographyOperations with(Means means) {
        var metadata = means.metadata();
        var keys = new Keys(metadata, means.decisions());
        return new KeyCryptographyOperations(List.of(
                new Encrypt(metadata, keys),
                new Decrypt(metadata, keys),
                new GenerateDataKey(metadata, keys),
                new GenerateDataKeyWithoutPlaintext(metadata, keys),
                new ReEncrypt(metadata, keys)));
    }
}

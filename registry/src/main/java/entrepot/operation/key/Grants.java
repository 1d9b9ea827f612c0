package entrepot.operation.key;

import entrepot.auth.KnownGrants;
import entrepot.domain.KeyGrant;
import entrepot.domain.KmsError.Kind;
import entrepot.store.Transaction;
import java.util.Set;

/// The grants of keys, as operations find and make them.
public final class Grants {

    /// KMS's quota for a key.
    private static final int MOST = 50_000;

    /// What a grant of a symmetric key may be for.
    private static final Set<String> OPERATIONS = Set.of(
            "Decrypt",
            "Encrypt",
            "GenerateDataKey",
            "GenerateDataKeyWithoutPlaintext",
            "ReEncryptFrom",
            "ReEncryptTo",
            "CreateGrant",
            "RetireGrant",
            "DescribeKey");

    private Grants() {}

    /// Fails with a refusal for a name that no grant could have.
    public static void requireId(String id) {
        if (!KeyGrant.isId(id)) {
            throw Kind.INVALID_GRANT_ID.refusal("Invalid grant ID.");
        }
    }

    public static void requireOperations(Iterable<String> operations) {
        if (!operations.iterator().hasNext()) {
            throw KeyRefusals.validation("Operations must not be empty.");
        }
        for (var operation : operations) {
            if (!OPERATIONS.contains(operation)) {
                throw KeyRefusals.validation(
                        "Operation %s is not valid for key spec SYMMETRIC_DEFAULT.".formatted(operation));
            }
        }
    }

    public static KeyGrant require(Transaction tx, String keyId, String id) {
        return tx.keyGrants()
                .find(keyId, id)
                .orElseThrow(() -> Kind.NOT_FOUND.refusal("Grant ID %s not found".formatted(id)));
    }

    /// Stores a grant, unless its key has as many as it can have.
    public static void add(Transaction tx, KeyGrant grant) {
        var grantee = grant.terms().grantee();
        if (tx.keyGrants().count(grant.keyId()) >= MOST) {
            throw Kind.LIMIT_EXCEEDED.refusal("A key can have at most %d grants.".formatted(MOST));
        }
        if (!grantee.endsWith(".com") && !grantee.endsWith(".cn") && isFull(tx, grant.keyId(), grantee)) {
            throw Kind.LIMIT_EXCEEDED.refusal(
                    "A principal can have at most %d grants of a key.".formatted(KnownGrants.MOST));
        }
        tx.keyGrants().create(grant);
    }

    private static boolean isFull(Transaction tx, String keyId, String grantee) {
        return tx.keyGrants().to(keyId, grantee, null, KnownGrants.MOST).size() >= KnownGrants.MOST;
    }
}

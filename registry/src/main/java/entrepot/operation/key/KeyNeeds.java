package entrepot.operation.key;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.KeyAlias;
import entrepot.domain.KeyArn;
import java.util.List;
import java.util.Map;

/// What calls of the key service need. Source: service authorization reference, "Actions, resources, and condition keys
/// for AWS Key Management Service".
public final class KeyNeeds {

    private static final String CONTEXT = "kms:EncryptionContext:";

    private KeyNeeds() {}

    /// An action on one key, which need not exist.
    public static Permission on(Caller caller, String action, KeyArn key) {
        return described(caller, new Permission(key.home().account(), "kms:" + action, key.toArn()));
    }

    /// The same on a key that AWS keeps, which is as good as one of the caller's own account that leaves all to it.
    static Permission ofAws(Caller caller, String action, Arn key) {
        var account = caller.principal().account();
        var owner = KeyArn.parse(key.value()).map(arn -> arn.home().account()).orElse(account);
        return described(caller, new Permission(account, "kms:" + action, key))
                .with("aws:ResourceAccount", List.of(owner.value()));
    }

    /// The same, of a key by its id or ARN.
    public static Permission on(Caller caller, String action, String keyId) {
        return on(caller, action, KeyName.parseId(caller.registry(), keyId));
    }

    /// An action on an alias.
    public static Permission on(Caller caller, String action, KeyAlias.Name alias) {
        return new Permission(alias.home().account(), "kms:" + action, alias.arn())
                .with("kms:CallerAccount", List.of(caller.principal().account().value()));
    }

    /// An action of the caller's own account that is about no one key.
    public static Permission anywhere(Caller caller, String action) {
        return described(caller, new Permission(caller.registry().account(), "kms:" + action, Arn.ANY));
    }

    /// All keys here are alike.
    private static Permission described(Caller caller, Permission permission) {
        return permission
                .with("kms:CallerAccount", List.of(caller.principal().account().value()))
                .with("kms:KeySpec", List.of("SYMMETRIC_DEFAULT"))
                .with("kms:KeyUsage", List.of("ENCRYPT_DECRYPT"))
                .with("kms:KeyOrigin", List.of("AWS_KMS"))
                .with("kms:MultiRegion", List.of("false"));
    }

    /// The same, for a request with this encryption context.
    public static Permission inContext(Permission permission, Map<String, String> context) {
        var more = permission.with("kms:EncryptionContextKeys", List.copyOf(context.keySet()));
        for (var pair : context.entrySet()) {
            more = more.with(CONTEXT + pair.getKey(), List.of(pair.getValue()));
        }
        return more;
    }
}

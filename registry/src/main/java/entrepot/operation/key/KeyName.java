package entrepot.operation.key;

import entrepot.domain.KeyAlias;
import entrepot.domain.KeyArn;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import java.util.regex.Pattern;

/// How a call names a key. Names without an account mean the caller's, in the region of the call. Source: KMS API,
/// `KeyId`.
public sealed interface KeyName {

    /// By its id or its ARN.
    record ById(KeyArn arn) implements KeyName {}

    record ByAlias(KeyAlias.Name alias) implements KeyName {}

    Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}");

    /// In any form. Fails with a refusal for what is none, or is of another region than the call.
    static KeyName parse(RegistryId caller, String text) {
        if (text.startsWith(KeyAlias.PREFIX)) {
            return new ByAlias(new KeyAlias.Name(caller, text));
        }
        var alias = KeyAlias.parseArn(text);
        if (alias.isEmpty()) {
            return new ById(parseId(caller, text));
        }
        requireHere(caller, alias.get().home());
        return new ByAlias(alias.get());
    }

    /// The same, for calls that take no alias.
    ///
    /// @throws RegistryException as above
    static KeyArn parseId(RegistryId caller, String text) {
        if (ID.matcher(text).matches()) {
            return new KeyArn(caller, text);
        }
        var arn = KeyArn.parse(text).orElseThrow(() -> KeyRefusals.noKeyId(text));
        requireHere(caller, arn.home());
        return arn;
    }

    private static void requireHere(RegistryId caller, RegistryId home) {
        if (!home.region().equals(caller.region())) {
            throw KeyRefusals.otherRegion(home.region());
        }
    }
}

package entrepot.operation.key;

import entrepot.auth.Permission;
import entrepot.auth.policy.GrantSet;
import entrepot.domain.GrantConstraints;
import entrepot.domain.KeyGrant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What policies may ask of calls about grants. Source: KMS developer guide, "AWS KMS condition keys".
public final class GrantNeeds {

    private GrantNeeds() {}

    /// Of a call that makes a grant.
    ///
    /// @param terms with principals as the call has them
    public static Permission making(Permission permission, KeyGrant.Terms terms) {
        var more = constrained(permission, terms.constraints())
                .with("kms:GranteePrincipal", List.of(terms.grantee()))
                .with("kms:GrantOperations", terms.operations());
        var retiring = terms.retiring();
        return retiring == null ? more : more.with("kms:RetiringPrincipal", List.of(retiring));
    }

    /// Of a call that ends this grant, which is what lets those whom it names do so.
    public static Permission ending(Permission permission, String grantId) {
        return permission.with(GrantSet.GRANT, List.of(grantId));
    }

    /// Of a call about a grant with these constraints.
    public static Permission constrained(Permission permission, GrantConstraints constraints) {
        var types = new ArrayList<String>();
        var context = new HashMap<String, String>();
        add(types, context, "EncryptionContextSubset", constraints.part());
        add(types, context, "EncryptionContextEquals", constraints.exact());
        var more = types.isEmpty() ? permission : permission.with("kms:GrantConstraintType", types);
        return context.isEmpty() ? more : KeyNeeds.inContext(more, context);
    }

    private static void add(
            List<String> types, Map<String, String> context, String type, @Nullable Map<String, String> pairs) {
        if (pairs != null) {
            types.add(type);
            context.putAll(pairs);
        }
    }

    /// Of a call that some service of AWS's makes for a caller, or the caller itself.
    public static Permission forService(Permission permission, boolean ofAws) {
        return permission.with("kms:GrantIsForAWSResource", List.of(String.valueOf(ofAws)));
    }
}

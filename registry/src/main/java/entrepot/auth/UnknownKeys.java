package entrepot.auth;

import entrepot.auth.policy.PolicyDocument;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the log of a policy that asks for a condition key of AWS's that is not known here: a key that is never there
/// turns conditions upside down, and nobody else would say so.
public final class UnknownKeys {

    private static final Logger LOG = LoggerFactory.getLogger(UnknownKeys.class);
    private static final int MOST = 10;
    private static final int LONGEST = 128;

    private UnknownKeys() {}

    /// To be called once, when the policy has been stored.
    ///
    /// @param owner whose policy it is, as people call it
    public static void tell(String owner, PolicyDocument document) {
        var keys = of(document);
        if (!keys.isEmpty()) {
            LOG.warn("a policy of {} asks for condition keys that no request here has: {}", owner, keys);
        }
    }

    static List<String> of(PolicyDocument document) {
        return document.unknownKeys()
                .limit(MOST)
                .map(key -> key.substring(0, Math.min(key.length(), LONGEST)))
                .map(key -> key.replaceAll("[^!-~]", "?"))
                .toList();
    }
}

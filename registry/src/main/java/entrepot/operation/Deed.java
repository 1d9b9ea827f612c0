package entrepot.operation;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import java.util.Map;

/// Something that was done without a caller: at a start, or by a command of whoever owns the data folder.
///
/// @param by what did it, such as `entrepot serve`
/// @param region where AWS has it done
/// @param details CloudTrail's `serviceEventDetails`, as texts, numbers, lists and maps of those; none for most
public record Deed(String by, String region, Act act, Map<String, Object> details) {

    public Deed {
        details = Map.copyOf(details);
    }

    /// Without details.
    public Deed(String by, String region, Act act) {
        this(by, region, act, Map.of());
    }

    /// What was done, as AWS calls it.
    ///
    /// @param service as in an IAM action, such as `iam`
    /// @param name of the operation, such as `CreateAccessKey`
    /// @param resource the user or the root that it is about
    /// @param account whose that is
    /// @param parameters as the operation calls them, such as `userName`; never a secret
    public record Act(String service, String name, Arn resource, AccountId account, Map<String, String> parameters) {
        public Act {
            parameters = Map.copyOf(parameters);
        }
    }
}

package entrepot.lifecycle;

import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import java.util.Comparator;
import java.util.List;

/// The rules of a repository for what becomes of its images as they age.
///
/// @param rules in the order of their priorities
public record LifecyclePolicy(List<Rule> rules) {

    /// What ECR calls the parameter in its refusals.
    private static final String PARAMETER = "LifecyclePolicyText";

    public LifecyclePolicy {
        rules = rules.stream().sorted(Comparator.comparingInt(Rule::priority)).toList();
    }

    /// Fails in ECR's words with a text that is no policy; its length is the caller's to bound.
    public static LifecyclePolicy parse(String text) {
        var document =
                PolicyText.read(text).orElseThrow(() -> invalid("Could not map policyString into LifecyclePolicy."));
        refuse(new PolicySchema().faults(document));
        var policy = new LifecyclePolicy(RuleReader.rules(document));
        refuse(RuleConflicts.of(policy.rules));
        return policy;
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw invalid(String.join("\n", faults));
        }
    }

    private static RegistryException invalid(String fault) {
        return new RegistryException(
                new JsonAloneError.InvalidParameter(PARAMETER, "Lifecycle policy validation failure: " + fault));
    }
}

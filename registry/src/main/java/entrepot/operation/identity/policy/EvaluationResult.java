package entrepot.operation.identity.policy;

import entrepot.auth.policy.Decision;
import entrepot.auth.policy.Position;
import java.util.List;

/// What policies say of one action on one resource, as IAM's answers describe it. Source: IAM API, EvaluationResult.
///
/// @param evalDecision `allowed`, `explicitDeny` or `implicitDeny`
/// @param matchedStatements those that deny it where one does, else those that allow it
/// @param missingContextValues condition keys that the policies ask for and that nothing was said of
public record EvaluationResult(
        String evalActionName,
        String evalResourceName,
        String evalDecision,
        List<MatchedStatement> matchedStatements,
        List<String> missingContextValues) {

    /// A statement that decides.
    ///
    /// @param sourcePolicyId the policy's name, or `PolicyInputList.1` for the first one that was sent
    /// @param sourcePolicyType `user`, `aws-managed`, `user-managed`, `resource` or `none`
    /// @param endPosition behind the last character
    public record MatchedStatement(
            String sourcePolicyId, String sourcePolicyType, Position startPosition, Position endPosition) {}

    /// IAM's word for a decision.
    static String word(Decision decision) {
        return switch (decision) {
            case Decision.Allowed _ -> "allowed";
            case Decision.Denied denied ->
                switch (denied.reason()) {
                    case EXPLICIT_IDENTITY, EXPLICIT_RESOURCE -> "explicitDeny";
                    case IMPLICIT_IDENTITY, IMPLICIT_RESOURCE -> "implicitDeny";
                };
        };
    }
}

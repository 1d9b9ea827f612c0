package entrepot.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/// A repository, existing or not, as an ARN names it: the only kind of resource that ECR has (service authorization
/// reference, "Resource types defined by Amazon Elastic Container Registry").
public record RepositoryArn(RegistryId registry, RepositoryName repository) {

    private static final Pattern FORM =
            Pattern.compile("arn:([a-z-]+):ecr:([a-z0-9-]{2,25}):([0-9]{12}):repository/(.+)");
    private static final Pattern ECR = Pattern.compile("arn:[a-z-]+:ecr:");

    /// Whether this is about a repository at all; what follows may be a pattern.
    public static boolean isOne(Arn arn) {
        return ECR.matcher(arn.value()).lookingAt();
    }

    /// Empty if the text is not of that form, or its region is of another partition.
    public static Optional<RepositoryArn> parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches() || !RegistryId.isRegion(parts.group(2))) {
            return Optional.empty();
        }
        try {
            var registry = new RegistryId(new AccountId(parts.group(3)), parts.group(2));
            var arn = new RepositoryArn(registry, new RepositoryName(parts.group(4)));
            return Optional.of(arn).filter(_ -> registry.partition().name().equals(parts.group(1)));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }
}

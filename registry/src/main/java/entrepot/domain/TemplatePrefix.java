package entrepot.domain;

import java.util.ArrayList;
import java.util.List;

/// Which repositories a creation template or a rule of the pull-through cache is for: those of a namespace, or all of a
/// registry. `team` is for `team/app`, for neither `teams/app` nor `team`.
///
/// Source: ECR's model, shapes Prefix and PullThroughCacheRuleRepositoryPrefix; ECR user guide, "Repository creation
/// templates".
///
/// @param value the namespace without a `/` at its end, or [#ROOT]
public record TemplatePrefix(String value) {

    /// What the one is called that is for all repositories that no other template is for.
    public static final String ROOT = "ROOT";

    /// A surface has refused what is not of the model's form. A `/` at the end says nothing.
    public TemplatePrefix {
        value = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    }

    /// All that are for a repository of this name, the longest first, and [#ROOT] last.
    public static List<TemplatePrefix> of(RepositoryName name) {
        var prefixes = new ArrayList<TemplatePrefix>();
        var text = name.value();
        for (var end = text.lastIndexOf('/'); end > 0; end = text.lastIndexOf('/', end - 1)) {
            prefixes.add(new TemplatePrefix(text.substring(0, end)));
        }
        prefixes.add(new TemplatePrefix(ROOT));
        return prefixes;
    }

    /// The longer one is for fewer repositories; [#ROOT] is for most.
    public int length() {
        return isRoot() ? 0 : value.length();
    }

    public boolean isRoot() {
        return value.equals(ROOT);
    }

    /// All repositories of a registry that it is for, as the resource of an action.
    public Arn repositories(RegistryId registry) {
        return isRoot() ? registry.anyRepository() : registry.repositoriesBelow(value);
    }

    @Override
    public String toString() {
        return value;
    }
}

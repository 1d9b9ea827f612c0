package entrepot.operation;

import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import org.jspecify.annotations.Nullable;

/// How many entries a page may have: 1 to 1,000, by default 100. Source: ECR API, `maxResults`.
public final class PageSize {

    private static final int DEFAULT = 100;
    private static final int MOST = 1_000;

    private PageSize() {}

    public static int of(Law law, @Nullable Integer maxResults) {
        return maxResults == null ? DEFAULT : within(law, maxResults, MOST);
    }

    /// For a list whose pages are bounded otherwise than most.
    public static int within(Law law, int maxResults, int most) {
        if (maxResults > most && !law.shortensLongPages()) {
            throw refused("Member must have value less than or equal to " + most);
        }
        if (maxResults < 1) {
            throw refused("Member must have value greater than or equal to 1");
        }
        return Math.min(maxResults, most);
    }

    /// ECR takes page members only where nothing is named.
    public static void requireNone(@Nullable Integer maxResults, @Nullable String nextToken, String names) {
        if (maxResults != null) {
            throw refused("must not be given together with " + names);
        }
        if (nextToken != null) {
            throw new RegistryException(
                    new JsonAloneError.InvalidParameter("nextToken", "must not be given together with " + names));
        }
    }

    private static RegistryException refused(String constraint) {
        return new RegistryException(new JsonAloneError.InvalidParameter("maxResults", constraint));
    }
}

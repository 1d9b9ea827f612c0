package entrepot.console.page;

import entrepot.console.Page;
import java.util.Map;

/// Every page, by its address below the region.
public final class Pages {

    private Pages() {}

    public static Map<String, Page> all() {
        return Map.of(
                "", new OverviewPage(),
                "repositories", new RepositoriesPage(),
                "repository", new RepositoryPage(),
                "image", new ImagePage(),
                "findings", new FindingsPage(),
                "settings", new SettingsPage(),
                "policy", new PolicyPage(),
                "lifecycle", new LifecyclePage(),
                "confirm", new ConfirmPage());
    }
}

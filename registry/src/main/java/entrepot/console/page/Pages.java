package entrepot.console.page;

import entrepot.console.Figures;
import entrepot.console.Page;
import entrepot.domain.AccountId;
import java.util.Map;

/// Every page, by its address below the region.
public final class Pages {

    private Pages() {}

    /// All that there are.
    ///
    /// @param figures of this node
    /// @param home the account that it was set up with
    public static Map<String, Page> all(Figures figures, AccountId home) {
        return Map.ofEntries(
                Map.entry("", new OverviewPage()),
                Map.entry("repositories", new RepositoriesPage()),
                Map.entry("repository", new RepositoryPage()),
                Map.entry("image", new ImagePage()),
                Map.entry("findings", new FindingsPage()),
                Map.entry("settings", new SettingsPage()),
                Map.entry("policy", new PolicyPage()),
                Map.entry("lifecycle", new LifecyclePage()),
                Map.entry("deleted", new DeletedPage()),
                Map.entry("registry", new RegistryPage()),
                Map.entry("registry-settings", new RegistrySettingsPage()),
                Map.entry("gone", new GonePage()),
                Map.entry("users", new UsersPage()),
                Map.entry("user", new UserPage()),
                Map.entry("who-may", new WhoMayPage()),
                Map.entry("figures", new FiguresPage(figures, home)),
                Map.entry("confirm", new ConfirmPage()));
    }
}

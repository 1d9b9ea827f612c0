package entrepot.server;

import entrepot.auth.NewKeys;
import entrepot.config.Config;
import entrepot.folder.DataFolder;
import entrepot.provision.AccountCommands;
import entrepot.provision.DeclaredAccounts;
import entrepot.provision.RootPrincipal;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;

/// The accounts and keys that are there before anybody asks.
final class Accounts {

    private Accounts() {}

    /// Makes what is missing of them. What is answered makes more.
    static AccountCommands ensure(Config config, DataFolder folder, MetadataStore metadata, InstantSource clock)
            throws IOException {
        RootPrincipal.ensure(metadata, folder.credentials(), config.registry());
        var keys = new NewKeys(new SecureRandom());
        var commands = new AccountCommands(metadata, folder.credentials(), config, keys, clock);
        new DeclaredAccounts(metadata, commands, keys, clock).apply(config.accounts());
        return commands;
    }
}

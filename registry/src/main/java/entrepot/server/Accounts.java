package entrepot.server;

import entrepot.auth.NewKeys;
import entrepot.config.Config;
import entrepot.folder.DataFolder;
import entrepot.operation.AuditTrail;
import entrepot.provision.AccountCommands;
import entrepot.provision.DeclaredAccounts;
import entrepot.provision.Ledger;
import entrepot.provision.RootPrincipal;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;

/// The accounts and keys that are there before anybody asks.
final class Accounts {

    private Accounts() {}

    /// Makes what is missing of them. What is answered makes more.
    static AccountCommands ensure(
            Config config, DataFolder folder, MetadataStore metadata, AuditTrail audit, InstantSource clock)
            throws IOException {
        var home = config.registries().home();
        var ledger = Ledger.of(audit, home.region());
        var given = config.identities().rootKey();
        if (given == null) {
            RootPrincipal.ensure(metadata, folder.credentials(), home, ledger);
        } else {
            var secret = given.secret().read();
            RootPrincipal.ensure(
                    metadata, AccessKey.ofRoot(given.id(), secret, home.account(), clock.instant()), ledger);
        }
        var keys = new NewKeys(new SecureRandom());
        var commands = new AccountCommands(metadata, folder.credentials(), home, keys, clock, ledger);
        new DeclaredAccounts(metadata, commands, keys, clock, ledger)
                .apply(config.identities().accounts());
        return commands;
    }
}

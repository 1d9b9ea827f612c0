package entrepot.store.sql;

import entrepot.store.AccessKeys;
import entrepot.store.AccountSettings;
import entrepot.store.Accounts;
import entrepot.store.Archive;
import entrepot.store.ArchivedBlobs;
import entrepot.store.Backfills;
import entrepot.store.CacheImports;
import entrepot.store.CacheRules;
import entrepot.store.ConsoleSessions;
import entrepot.store.CreationTemplates;
import entrepot.store.EncryptionKeys;
import entrepot.store.Events;
import entrepot.store.Garbage;
import entrepot.store.History;
import entrepot.store.Images;
import entrepot.store.KeyAliases;
import entrepot.store.KeyGrants;
import entrepot.store.Layers;
import entrepot.store.Leases;
import entrepot.store.LifecyclePolicies;
import entrepot.store.LifecyclePreviews;
import entrepot.store.Pieces;
import entrepot.store.Policies;
import entrepot.store.PullExclusions;
import entrepot.store.Referrers;
import entrepot.store.Repairs;
import entrepot.store.Replication;
import entrepot.store.Repositories;
import entrepot.store.ResourcePolicies;
import entrepot.store.Scans;
import entrepot.store.Secrets;
import entrepot.store.Signings;
import entrepot.store.Transaction;
import entrepot.store.Uploads;
import entrepot.store.Users;
import entrepot.store.seal.SecretBox;

/// The tables through one connection, in whatever transaction that has open.
public record SqlTransaction(
        Repositories repositories,
        Images images,
        Referrers referrers,
        Layers layers,
        Uploads uploads,
        Pieces pieces,
        AccessKeys accessKeys,
        ConsoleSessions consoleSessions,
        Accounts accounts,
        Users users,
        Policies policies,
        ResourcePolicies resourcePolicies,
        AccountSettings accountSettings,
        EncryptionKeys encryptionKeys,
        KeyAliases keyAliases,
        KeyGrants keyGrants,
        Secrets secrets,
        PullExclusions pullExclusions,
        CreationTemplates creationTemplates,
        CacheRules cacheRules,
        CacheImports cacheImports,
        LifecyclePolicies lifecyclePolicies,
        LifecyclePreviews lifecyclePreviews,
        Leases leases,
        Garbage garbage,
        Repairs repairs,
        Archive archive,
        ArchivedBlobs archivedBlobs,
        History history,
        Events events,
        Replication replication,
        Backfills backfills,
        Scans scans,
        Signings signings)
        implements Transaction {

    /// The one that a connection has open.
    ///
    /// @param counterSlot which of the slots of a repository's counters this connection adds to
    /// @param box seals what is secret
    /// @param leases as the engine keeps them
    public static SqlTransaction on(Sql sql, int counterSlot, SecretBox box, Leases leases) {
        return new SqlTransaction(
                new SqlRepositories(sql),
                new SqlImages(sql, counterSlot),
                new SqlReferrers(sql),
                new SqlLayers(sql),
                new SqlUploads(sql),
                new SqlPieces(sql),
                new SqlAccessKeys(sql, box),
                new SqlConsoleSessions(sql),
                new SqlAccounts(sql),
                new SqlUsers(sql),
                new SqlPolicies(sql),
                new SqlResourcePolicies(sql),
                new SqlAccountSettings(sql),
                new SqlEncryptionKeys(sql, box),
                new SqlKeyAliases(sql),
                new SqlKeyGrants(sql),
                new SqlSecrets(sql, box),
                new SqlPullExclusions(sql),
                new SqlCreationTemplates(sql),
                new SqlCacheRules(sql),
                new SqlCacheImports(sql),
                new SqlLifecyclePolicies(sql),
                new SqlLifecyclePreviews(sql),
                leases,
                new SqlGarbage(sql),
                new SqlRepairs(sql),
                new SqlArchive(sql, counterSlot),
                new SqlArchivedBlobs(sql),
                new SqlHistory(sql, counterSlot),
                new SqlEvents(sql),
                new SqlReplication(sql),
                new SqlBackfills(sql),
                new SqlScans(sql),
                new SqlSignings(sql));
    }
}

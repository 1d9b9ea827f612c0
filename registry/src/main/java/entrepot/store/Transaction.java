package entrepot.store;

/// The tables as one transaction sees them. Never used after the work that it was given to has returned.
public interface Transaction {

    Repositories repositories();

    Images images();

    Referrers referrers();

    Layers layers();

    Uploads uploads();

    Pieces pieces();

    AccessKeys accessKeys();

    ConsoleSessions consoleSessions();

    Accounts accounts();

    Users users();

    Policies policies();

    ResourcePolicies resourcePolicies();

    AccountSettings accountSettings();

    EncryptionKeys encryptionKeys();

    KeyAliases keyAliases();

    KeyGrants keyGrants();

    Secrets secrets();

    PullExclusions pullExclusions();

    CreationTemplates creationTemplates();

    CacheRules cacheRules();

    CacheImports cacheImports();

    LifecyclePolicies lifecyclePolicies();

    LifecyclePreviews lifecyclePreviews();

    Leases leases();

    Garbage garbage();

    Repairs repairs();

    Archive archive();

    ArchivedBlobs archivedBlobs();

    History history();

    Events events();

    Replication replication();

    Backfills backfills();

    Scans scans();

    Signings signings();
}

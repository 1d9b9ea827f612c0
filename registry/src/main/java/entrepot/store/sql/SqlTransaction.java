package entrepot.store.sql;

import entrepot.store.AccessKeys;
import entrepot.store.AccountSettings;
import entrepot.store.Images;
import entrepot.store.Layers;
import entrepot.store.Referrers;
import entrepot.store.Repositories;
import entrepot.store.Transaction;
import entrepot.store.Uploads;

/// The tables through one connection, in whatever transaction that has open.
record SqlTransaction(
        Repositories repositories,
        Images images,
        Referrers referrers,
        Layers layers,
        Uploads uploads,
        AccessKeys accessKeys,
        AccountSettings accountSettings)
        implements Transaction {

    /// @param counterSlot which of the slots of a repository's counters this connection adds to
    static SqlTransaction on(Sql sql, int counterSlot) {
        return new SqlTransaction(
                new SqlRepositories(sql),
                new SqlImages(sql, counterSlot),
                new SqlReferrers(sql),
                new SqlLayers(sql),
                new SqlUploads(sql),
                new SqlAccessKeys(sql),
                new SqlAccountSettings(sql));
    }
}

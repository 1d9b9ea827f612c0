package entrepot.store.sql;

import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.store.ResourcePolicies;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The column `policy` of tables `repository` and `registry`.
record SqlResourcePolicies(Sql sql) implements ResourcePolicies {

    @Override
    public Optional<String> ofRepository(Repository repository) {
        return sql.one(
                "select policy from repository where id = ? and policy is not null",
                row -> row.getString(1),
                repository.id());
    }

    @Override
    public void putRepository(Repository repository, String document) {
        setRepository(repository, document);
    }

    @Override
    public void deleteRepository(Repository repository) {
        setRepository(repository, null);
    }

    private void setRepository(Repository repository, @Nullable String document) {
        SqlRepositories.queueAlone(sql, repository);
        sql.changingAccess().update("update repository set policy = ? where id = ?", document, repository.id());
    }

    @Override
    public Optional<String> ofRegistry(RegistryId registry) {
        return sql.one(
                "select policy from registry where account = ? and region = ? and policy is not null",
                row -> row.getString(1),
                registry.account(),
                registry.region());
    }

    @Override
    public void putRegistry(RegistryId registry, String document) {
        sql.changingAccess()
                .update(
                        "insert into registry (account, region, policy) values (?, ?, ?)"
                                + " on conflict (account, region) do update set policy = excluded.policy",
                        registry.account(),
                        registry.region(),
                        document);
    }

    @Override
    public void deleteRegistry(RegistryId registry) {
        sql.changingAccess()
                .update(
                        "update registry set policy = null where account = ? and region = ?",
                        registry.account(),
                        registry.region());
    }
}

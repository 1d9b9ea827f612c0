package entrepot.store.sql;

import entrepot.domain.ResourceTag;
import java.util.Collection;
import java.util.List;

/// The tags of users, of policies, of keys, or of secrets.
record SqlTags(Sql sql, Table table) {

    /// Where they are, and by which column they belong to something.
    enum Table {
        USER("iam_user_tag", "user_id"),
        POLICY("iam_policy_tag", "policy_id"),
        KEY("kms_key_tag", "key_id"),
        SECRET("sm_secret_tag", "secret_id");

        private final String name;
        private final String owner;

        Table(String name, String owner) {
            this.name = name;
            this.owner = owner;
        }

        private String named(String text) {
            return text.replace("$tags", name).replace("$owner", owner);
        }
    }

    List<ResourceTag> list(String owner) {
        return sql.list(
                table.named("select name, value from $tags where $owner = ? order by name"),
                row -> new ResourceTag(row.getString(1), row.getString(2)),
                owner);
    }

    void put(String owner, Collection<ResourceTag> tags) {
        for (var tag : tags) {
            sql.changingAccess()
                    .update(
                            table.named("insert into $tags ($owner, name, value) values (?, ?, ?)"
                                    + " on conflict ($owner, name) do update set value = excluded.value"),
                            owner,
                            tag.key(),
                            tag.value());
        }
    }

    void remove(String owner, Collection<String> keys) {
        sql.changingAccess().updateIn(table.named("delete from $tags where $owner = ? and name in (*)"), keys, owner);
    }
}

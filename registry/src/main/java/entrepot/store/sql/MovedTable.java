package entrepot.store.sql;

import entrepot.store.MoveSource.Row;
import entrepot.store.seal.SecretBox;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A table that goes along when a registry is moved, with all its columns.
///
/// @param isNumbered whether the engine numbers its rows, in a column `id`
/// @param sealed the one of its columns that is sealed under the server's key; null for none
record MovedTable(String name, boolean isNumbered, @Nullable SealedColumn sealed) {

    private static final SealedColumn SECRET_OF_KEY =
            new SealedColumn("secret", true, row -> SqlAccessKeys.keyName(text(row, "id")));

    private static final SealedColumn SECRET_OF_SERVER =
            new SealedColumn("value", false, row -> SqlAccessKeys.secretName(text(row, "name")));

    private static final SealedColumn MATERIAL = new SealedColumn(
            "value", false, row -> SqlEncryptionKeys.sealedAs(text(row, "key_id"), text(row, "number")));

    private static final SealedColumn VALUE =
            new SealedColumn("value", false, row -> SqlSecrets.sealedAs(text(row, "secret_id"), text(row, "id")));

    /// All of them, each after those that it refers to.
    static final List<MovedTable> ALL = List.of(
            numbered("registry"),
            plain("account_setting"),
            plain("pull_time_exclusion"),
            plain("creation_template"),
            plain("creation_template_tag"),
            plain("cache_rule"),
            numbered("repository"),
            plain("resource_tag"),
            numbered("blob"),
            plain("repo_blob"),
            numbered("manifest"),
            plain("manifest_content"),
            plain("manifest_piece"),
            plain("archived_image"),
            plain("image_count"),
            plain("tag"),
            plain("manifest_blob"),
            plain("manifest_child"),
            plain("manifest_absent"),
            plain("referrer"),
            plain("lifecycle_policy"),
            numbered("history_event"),
            plain("history_image"),
            plain("history_piece"),
            plain("history_blob"),
            plain("history_name"),
            plain("history_referrer"),
            plain("history_policy"),
            plain("account"),
            plain("iam_user"),
            plain("iam_user_tag"),
            plain("iam_user_policy"),
            plain("iam_policy"),
            plain("iam_policy_tag"),
            plain("iam_policy_version"),
            plain("iam_attachment"),
            new MovedTable("access_key", false, SECRET_OF_KEY),
            new MovedTable("secret", false, SECRET_OF_SERVER),
            plain("kms_key"),
            new MovedTable("kms_key_material", false, MATERIAL),
            plain("kms_key_tag"),
            plain("kms_alias"),
            plain("kms_grant"),
            plain("sm_secret"),
            new MovedTable("sm_secret_version", false, VALUE),
            plain("sm_secret_stage"),
            plain("sm_secret_tag"),
            numbered("event"),
            plain("event_waiting"),
            plain("event_line"),
            numbered("replication_configuration"),
            numbered("replication_change"),
            plain("replication_waiting"),
            plain("replication_line"),
            plain("replication_result"),
            numbered("replication_backfill"),
            plain("replication_backfill_image"),
            plain("registry_scanning"),
            plain("scan_push"),
            numbered("image_scan"),
            plain("image_finding"),
            plain("image_components"),
            plain("registry_signing"),
            numbered("signing_rules"),
            numbered("signing_push"),
            numbered("push_to_sign"),
            plain("image_signing"));

    /// What stays: open uploads, bytes that nobody wants any more, what may be in nobody's use, which is found
    /// again, how far a look at all bytes has come, who is signed in, previews, where bytes lay in an archive,
    /// what last went wrong, what is on its way from and to other registries, and what nodes, moves and backups
    /// say to each other.
    static final Set<String> LEFT_OUT = Set.of(
            "upload",
            "upload_part",
            "piece",
            "blob_delete",
            "access_change",
            "console_session",
            "turn",
            "lifecycle_preview",
            "lifecycle_preview_image",
            "job_lease",
            "node",
            "move",
            "moved_blob",
            "gc_clock",
            "gc_link",
            "gc_blob",
            "blob_walk",
            "archived_blob",
            "archive_look",
            "backup_hold",
            "event_target",
            "cache_check",
            "cache_import",
            "replication_upload");

    static MovedTable named(String name) {
        return ALL.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// All its rows but the mark by which a server's key is known, which each database has its own of.
    String select() {
        return "select * from " + name + (name.equals("secret") ? " where name <> '" + Sealing.MARK + "'" : "");
    }

    Row opened(Row row, SecretBox box) {
        return sealed == null ? row : sealed.opened(row, box);
    }

    Row sealed(Row row, SecretBox box) {
        return sealed == null ? row : sealed.sealed(row, box);
    }

    private static MovedTable plain(String name) {
        return new MovedTable(name, false, null);
    }

    private static MovedTable numbered(String name) {
        return new MovedTable(name, true, null);
    }

    private static String text(Row row, String column) {
        return String.valueOf(row.value(column));
    }
}

package entrepot.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.Images.Statuses;
import entrepot.store.Secrets;
import entrepot.store.sqlite.SqliteMetadataStore;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages and pushes find their rows by an index, in order: no plan of SQLite's walks a table or sorts.
class QueryPlanTest {

    private static final Engine ENGINE = new Engine.OneWriter();

    private SqliteMetadataStore store;

    @BeforeEach
    void open_a_store() {
        store = SqliteMetadataStore.inMemory();
    }

    @AfterEach
    void close_the_store() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            manifest_tagged (repo_id=? AND id>?)                  | and tag_count > 0
            COVERING INDEX manifest_untagged (repo_id=? AND id>?) | and tag_count = 0
            sqlite_autoindex_manifest_2 (repo_id=? AND id>?) |
            """)
    void a_page_of_images_is_read_by_the_index_of_its_filter(String index, String filter) {
        var text = SqlImages.page(ENGINE, filter == null ? "" : " " + filter);

        assertThat(plan(text, 0, 4)).singleElement().asString().contains(index);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lifecycle_preview_image_tagged (preview_id=? AND place>?)   | and is_tagged = 1
            lifecycle_preview_image_untagged (preview_id=? AND place>?) | and is_tagged = 0
            sqlite_autoindex_lifecycle_preview_image_1 (preview_id=? AND place>?) |
            """)
    void a_page_of_a_preview_is_read_by_the_index_of_its_filter(String index, String filter) {
        var text = SqlLifecyclePreviews.AFTER + (filter == null ? "" : " " + filter) + SqlLifecyclePreviews.IN_ORDER;

        assertThat(plan(text, 0, 3)).singleElement().asString().contains(index);
    }

    /// Of an index that has the deleted ones alone.
    @Test
    void deleted_repositories_are_found_without_a_look_at_the_others() {
        assertThat(plan(SqlRepositories.DELETED, 0, 1))
                .singleElement()
                .asString()
                .startsWith("SCAN repository USING ")
                .endsWith("INDEX repository_deleted");
    }

    @Test
    void grants_of_a_key_neither_walk_nor_sort() {
        assertQuick(plan(SqlKeyGrants.page(ENGINE), 0, 4), "kms_grant_by_key (key_id=? AND id>?)");
        assertQuick(plan(SqlKeyGrants.pageTo(ENGINE), 0, 6), "kms_grant_by_grantee (key_id=? AND grantee=? AND id>?)");
        assertQuick(
                plan(SqlKeyGrants.CONSTRAINED, 0, 3),
                "kms_grant_by_constraints (key_id=? AND grantee=? AND constraints=?)");
    }

    @Test
    void pages_of_secrets_neither_walk_nor_sort() {
        for (var isDescending : List.of(false, true)) {
            var sign = isDescending ? "<" : ">";
            assertQuick(
                    plan(SqlSecrets.page(Secrets.Order.NAME, isDescending), 0, 4),
                    "sqlite_autoindex_sm_secret_2 (account=? AND region=? AND name" + sign + "?)");
            assertQuick(
                    plan(SqlSecrets.page(Secrets.Order.CREATED, isDescending), 0, 5),
                    "sm_secret_by_creation (account=? AND region=? AND (created_at,name)" + sign + "(?,?))");
        }
        assertQuick(plan(SqlSecrets.TO_DELETE, 0, 2), "sm_secret_to_delete (delete_at<?)");
    }

    @Test
    void names_of_images_are_read_from_indexes_alone() {
        assertThat(plan(SqlImages.untagged(Statuses.ANY), 0, 3))
                .singleElement()
                .asString()
                .contains("COVERING INDEX manifest_untagged_digest (repo_id=? AND digest>?)");
        assertQuick(plan(SqlImages.tags(Statuses.ANY), 0, 3), "l USING PRIMARY KEY (repo_id=? AND name>?)");
        assertThat(plan(SqlImages.tags(Statuses.ANY), 0, 3)).hasSize(1);
        assertThat(plan(SqlImages.TAG_NAMES, 0, 4))
                .anyMatch(line -> line.contains("tag USING PRIMARY KEY (repo_id=? AND name>?)"))
                .anyMatch(line -> line.contains("INDEX archived_image_page (repo_id=?)"));
    }

    @Test
    void other_pages_neither_walk_nor_sort() {
        assertQuick(plan(SqlImages.PARENTS, 0, 2), "c USING PRIMARY KEY (repo_id=? AND child_id=?)");
        assertQuick(
                plan(SqlReferrers.page(ENGINE, null), 0, 5),
                "referrer_page (repo_id=? AND subject=? AND manifest_id>?)");
        assertQuick(
                plan(SqlReferrers.pageOfType(ENGINE, null), 0, 7),
                "referrer_page_of_type (repo_id=? AND subject=? AND artifact_type=? AND manifest_id>?)");
        assertQuick(plan(SqlRepositories.LIST, 0, 4), "repository_name (registry=? AND name>?)");
        assertQuick(plan(SqlLayers.DISCARDED, 0, 2), "blob_delete_due (not_before<?)");
        assertQuick(
                plan(SqlLayers.REPOSITORIES_WITH, 0, 5),
                "b USING COVERING INDEX repo_blob_by_blob (blob_id=? AND registry=?)");
        assertQuick(plan(SqlImages.CONVERTED, 0, 3), "manifest_converted (repo_id=? AND converted_digest=?)");
        assertQuick(plan(SqlUploads.UNTOUCHED, 0, 2), "upload_touched (touched_at<?)");
        assertQuick(plan(SqlUsers.LIST, 0, 5), "sqlite_autoindex_iam_user_2 (account=? AND folded_name>?)");
        assertQuick(plan(SqlUsers.POLICIES, 0, 3), "sqlite_autoindex_iam_user_policy_1 (user_id=? AND name>?)");
        assertQuick(plan(SqlPolicies.LIST, 0, 5), "sqlite_autoindex_iam_policy_2 (account=? AND folded_name>?)");
        assertQuick(plan(SqlPolicies.ATTACHMENTS, 0, 2), "iam_attachment_by_policy (account=? AND policy_arn=?)");
        assertQuick(
                plan(SqlEncryptionKeys.page(ENGINE), 0, 6),
                "sqlite_autoindex_kms_key_2 (account=? AND region=? AND id>?)");
        assertQuick(plan(SqlEncryptionKeys.ALL, 0, 2), "sqlite_autoindex_kms_key_1 (id>?)");
        assertQuick(plan(SqlEncryptionKeys.TO_DELETE, 0, 2), "kms_key_to_delete (deletion_at<?)");
        assertQuick(plan(SqlEncryptionKeys.TO_ROTATE, 0, 2), "kms_key_to_rotate (rotates_at<?)");
        assertQuick(plan(SqlKeyAliases.LIST, 0, 4), "USING PRIMARY KEY (account=? AND region=? AND name>?)");
        assertQuick(plan(SqlKeyAliases.OF_KEY, 0, 3), "kms_alias_by_key (key_id=? AND name>?)");
        assertQuick(plan(SqlAccessKeys.FIND, 0, 1), "k USING INDEX sqlite_autoindex_access_key_1 (id=?)");
        assertQuick(plan(SqlAccessKeys.OF_USER, 0, 2), "access_key_by_owner (account=? AND user_id=?)");
        assertQuick(plan(SqlAccessKeys.OF_ROOT, 0, 1), "access_key_by_owner (account=? AND user_id=?)");
        assertQuick(plan(SqlUploads.COUNT_OPEN, 0, 2), "upload_open (principal=?)");
        assertThat(plan(SqlUploads.COUNT_ALL_OPEN, 0, 1))
                .anyMatch(step -> step.contains("SCAN upload USING COVERING INDEX upload_open"));
        assertQuick(plan(SqlUploads.OPEN_BYTES, 0, 1), "upload USING COVERING INDEX upload_open (principal=?)");
        assertQuick(plan(SqlUploads.FORGET_PARTS, 0, 2), "USING PRIMARY KEY (upload_id=? AND last_byte>?)");
    }

    @Test
    void policies_that_are_due_and_previews_are_found_by_an_index() {
        assertQuick(plan(SqlLifecyclePolicies.DUE, 0, 2), "lifecycle_policy_due (due_at<?)");
        assertQuick(plan(SqlLifecyclePolicies.TOO_LATE, 0, 2), "lifecycle_policy_due (due_at>?)");
        assertQuick(plan(SqlLifecyclePolicies.ALL, 0, 2), "INTEGER PRIMARY KEY (rowid>?)");
        assertQuick(plan(SqlLifecyclePreviews.NEWEST, 0, 1), "lifecycle_preview_by_repository (repo_id=?)");
        assertThat(plan(SqlLifecyclePreviews.OPEN, 0, 1).toString()).contains("lifecycle_preview_open");
        assertThat(plan(SqlLifecyclePreviews.REPLACED, 0, 1).toString()).contains("lifecycle_preview_replaced");
        assertQuick(plan(SqlLifecyclePreviews.COMPLETE, 0, 2), "lifecycle_preview_complete (started_at<?)");
        assertQuick(
                plan(SqlLifecyclePreviews.RESULT_OF, 0, 2),
                "lifecycle_preview_image_by_digest (preview_id=? AND digest=?)");
        assertQuick(plan(SqlReferrers.ORPHAN, 0, 2), "referrer_page (repo_id=? AND subject=?)");
    }

    /// Without a look at active images, and those without a look at the others' rows.
    @Test
    void what_is_archived_is_found_by_an_index_of_its_own() {
        assertQuick(plan(SqlArchive.page(ENGINE, ""), 0, 5), "archived_image_page (repo_id=? AND manifest_id>?)");
        assertThat(plan(SqlArchive.names(ENGINE, ""), 0, 5))
                .anyMatch(step -> step.contains("archived_image_page (repo_id=? AND manifest_id>?)"))
                .noneMatch(step -> step.startsWith("SCAN "));
        assertQuick(plan(SqlArchive.CHILDREN, 0, 1), "manifest_child_by_parent (parent_id=?)");
        assertQuick(plan(SqlArchive.IS_AWAY, 0, 1), "manifest_blob_by_manifest (manifest_id=?)");
        assertQuick(plan(SqlArchive.ACTIVATING, 0, 2), "archived_image_activating (manifest_id>?)");
        assertQuick(plan(SqlArchivedBlobs.LYING, 0, 1), "r USING COVERING INDEX repo_blob_by_blob (blob_id=?)");
        assertQuick(plan(SqlArchivedBlobs.NEXT_IMAGES, 0, 2), "archived_image USING INTEGER PRIMARY KEY (rowid>?)");
        assertQuick(plan(SqlArchivedBlobs.NEXT_BLOBS, 0, 2), "archived_blob USING INTEGER PRIMARY KEY (rowid>?)");
        assertThat(plan(SqlArchivedBlobs.LOOKS, 0, 1))
                .singleElement()
                .asString()
                .contains("SCAN archive_look");
        assertThat(plan(SqlImages.tags(Statuses.ACTIVE), 0, 3))
                .anyMatch(step ->
                        step.contains("a USING COVERING INDEX archived_image_page (repo_id=? AND manifest_id=?)")
                                || step.contains("a USING INTEGER PRIMARY KEY (rowid=?)"));
    }

    @Test
    void scans_are_found_by_what_is_to_be_done_with_them() {
        assertQuick(plan(SqlScans.SHOWN, 2, 0), "image_scan_by_image (manifest_id=?)");
        assertQuick(plan(SqlScans.LAST, 2, 0), "image_scan_by_image (manifest_id=?)");
        assertThat(plan(SqlScans.OPEN, 0, 2).toString()).contains("image_scan_open");
        assertThat(plan(SqlScans.OVER, 0, 1).toString()).contains("image_scan_over");
        assertThat(plan(SqlScans.OUTDATED, 0, 3).toString()).contains("image_scan_enhanced (id>?)");
        assertQuick(plan(SqlScans.FINDINGS, 0, 4), "USING PRIMARY KEY (scan_id=? AND (severity,place)>(?,?))");
        assertThat(plan(SqlScans.WAITING, 0, 2).toString()).contains("image_scan_open (is_counted=?)");
        assertThat(plan(SqlScans.COUNTED, 0, 4).toString())
                .contains("image_scan_counted (registry=? AND requested_at>?)");
    }

    @Test
    void signatures_are_found_by_when_they_are_due() {
        assertThat(plan(SqlSignings.FIRST, 0, 1).toString()).contains("SCAN p");
        assertThat(plan(SqlSignings.FIRST_OLD, 0, 1).toString()).contains("SCAN p");
        assertThat(plan(SqlSignings.OF_IMAGE, 0, 1).toString()).contains("push_to_sign_by_image (manifest_id=?)");
        assertThat(plan(SqlSignings.OF_IMAGE_OLD, 0, 1).toString()).contains("signing_push_by_image (manifest_id=?)");
        assertQuick(plan(SqlSignings.DUE, 0, 2), "image_signing_due (due_at<?)");
        assertQuick(plan(SqlSignings.DUE_TOO_LATE, 0, 2), "image_signing_due (due_at>?)");
    }

    @Test
    void events_are_found_by_what_they_wait_for() {
        assertThat(plan(SqlEvents.FRESH, 0, 1).toString()).contains("event_new");
        assertQuick(plan(SqlEvents.DUE, 0, 3), "event_line_due (target=? AND due_at<?)");
        assertQuick(plan(SqlEvents.TOO_LATE, 0, 3), "event_line_due (target=? AND due_at>?)");
        assertQuick(plan(SqlEvents.WAITING, 0, 3), "USING PRIMARY KEY (target=? AND repo=?)");
        assertQuick(plan(SqlEvents.DELIVERED, 0, 2), "event USING INTEGER PRIMARY KEY (rowid>?)");
        assertQuick(plan(SqlEventAge.OLD, 0, 2), "event_by_time (at<?)");
        assertQuick(plan(SqlEventAge.LEFT, 0, 3), "event_waiting_since (target=? AND since<?)");
    }

    @Test
    void what_is_replicated_is_found_by_what_waits() {
        assertThat(plan(SqlReplication.FRESH, 0, 1).toString()).contains("replication_change_new");
        assertThat(plan(SqlReplication.FRESH_OF, 0, 2).toString())
                .contains("c USING INDEX replication_change_image (repo=? AND digest=?)");
        assertQuick(plan(SqlReplicationLines.DUE, 0, 3), "replication_line_due (destination=? AND due_at<?)");
        assertQuick(plan(SqlReplicationLines.TOO_LATE, 0, 3), "replication_line_due (destination=? AND due_at>?)");
        assertQuick(plan(SqlReplicationLines.WAITING, 0, 3), "USING PRIMARY KEY (destination=? AND repo=?)");
        assertQuick(
                plan(SqlReplicationLines.WAITING_FOR, 0, 2),
                "c USING INDEX replication_change_image (repo=? AND digest=?)");
        assertQuick(plan(SqlBackfills.PAGE, 0, 4), "b USING INDEX replication_backfill_page (registry=? AND id<?)");
        assertThat(plan(SqlBackfills.RUNNING, 0, 0).toString()).contains("replication_backfill_running");
        assertQuick(plan(SqlBackfills.ENTRIES, 0, 3), "USING PRIMARY KEY (backfill_id=? AND id>?)");
        assertQuick(plan(SqlBackfills.ENTRIES_OF, 0, 4), "USING PRIMARY KEY (backfill_id=? AND id>?)");
    }

    /// What one costs is the same among few and among many.
    @Test
    void what_waits_to_be_collected_is_found_and_looked_at_by_its_keys() {
        assertQuick(plan(SqlLinks.DUE, 0, 2), "gc_link USING COVERING INDEX gc_link_due (since<?)");
        assertQuick(plan(SqlLooseBlobs.DUE, 0, 2), "gc_blob USING COVERING INDEX gc_blob_due (since<?)");
        assertQuick(plan(SqlGarbage.discarded(ENGINE), 0, 3), "blob_delete_due (not_before<?)");
        assertQuick(plan(SqlGarbageWalk.NEXT_LINKS, 0, 3), "repo_blob USING PRIMARY KEY ((repo_id,blob_id)>(?,?))");
        assertQuick(plan(SqlGarbageWalk.NEXT_BLOBS, 0, 2), "blob USING INTEGER PRIMARY KEY (rowid>?)");
        assertThat(plan(SqlLinks.USED, 0, 7))
                .anyMatch(step -> step.contains("a USING PRIMARY KEY (repo_id=? AND digest=?)"))
                .anyMatch(step -> step.contains("manifest_blob USING PRIMARY KEY (repo_id=? AND blob_id=?)"))
                .anyMatch(step -> step.contains("gc_link USING PRIMARY KEY (repo_id=? AND blob_id=? AND since>?)"));
        assertQuick(plan(SqlGarbage.FIND, 2, 2), "q USING PRIMARY KEY (repo_id=? AND blob_id=?)");
    }

    @Test
    void what_is_kept_is_found_by_its_keys() {
        assertThat(plan(SqlLooseBlobs.USED, 0, 2))
                .anyMatch(step -> step.contains("repo_blob_by_blob (blob_id=?)"))
                .anyMatch(step -> step.contains("history_blob USING PRIMARY KEY (blob_id=?)"));
        assertQuick(plan(SqlHistory.page(ENGINE), 0, 4), "history_event_by_repository (repo_id=? AND at>?)");
        assertQuick(plan(SqlHistory.pageOfTag(ENGINE), 0, 5), "history_event_by_tag (repo_id=? AND tag=? AND at>?)");
        assertQuick(plan(SqlHistory.POINTED_AT, 0, 4), "history_event_by_tag (repo_id=? AND tag=? AND at>?)");
        assertQuick(plan(SqlHistory.BY_DIGEST, 0, 2), "history_image_by_digest (repo_id=? AND digest=?)");
        assertQuick(
                plan(SqlHistory.GONE_PAGE, 0, 4), "history_image_by_deletion (repo_id=? AND (deleted_at,id)<(?,?))");
        assertQuick(plan(SqlHistory.ABOUT, 0, 2), "history_image_by_subject (repo_id=? AND subject=?)");
        assertQuick(plan(SqlHistory.OLD, 0, 2), "history_event_due (since<?)");
        assertQuick(plan(SqlKeptImages.DUE, 0, 2), "history_image_due (since<?)");
        assertThat(plan(SqlHistory.WENT_WITH, 0, 3).toString())
                .contains("history_event_by_image (repo_id=? AND was=? AND at=?)");
        assertThat(plan(SqlHistory.HAD, 0, 4).toString())
                .contains("history_event_by_image (repo_id=? AND was=? AND at>?)");
        assertThat(plan(SqlRepositories.DELETED_LONG_AGO, 0, 2))
                .singleElement()
                .asString()
                .endsWith("INDEX repository_deleted");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 32})
    void the_tags_of_a_lot_of_images_are_read_from_the_index_alone(int keys) {
        assertThat(plan(SqlImages.TAGS_OF, keys, 0))
                .first()
                .asString()
                .isEqualTo("SEARCH tag USING COVERING INDEX tag_by_manifest (manifest_id=?)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 512})
    void the_lists_of_a_lot_of_images_are_found_by_key(int keys) {
        assertQuick(plan(SqlImages.PARENT_IDS, keys, 1), "PRIMARY KEY (repo_id=? AND child_id=?)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 512})
    void a_push_finds_its_rows_by_their_keys_however_many(int keys) {
        assertQuick(plan(SqlLayers.FIND, keys, 1), "b USING INDEX blob_by_digest (digest=?)");
        assertQuick(plan(SqlLayers.FIND_BY_NAME, 0, 4), "b USING INDEX blob_by_digest (digest=?)");
        assertQuick(plan(SqlPush.BLOBS, keys, 1), "r USING PRIMARY KEY (repo_id=? AND blob_id=?)");
        assertQuick(plan(SqlPush.MANIFESTS, keys, 1), "sqlite_autoindex_manifest_1 (repo_id=? AND digest=?)");
        assertByWholeKey(plan(SqlPush.ADD_BLOBS, keys, 2));
        assertQuick(plan(SqlPush.addChildren(ENGINE), keys, 2), "(repo_id=? AND digest=?)");
        assertQuick(plan(SqlAbsences.OF_DIGEST, 0, 2), "PRIMARY KEY (repo_id=? AND digest=?)");
        assertQuick(plan(SqlAbsences.OF_MANIFEST, 0, 1), "manifest_absent_by_manifest (manifest_id=?)");
        assertByWholeKey(plan(SqlPush.NAME_BLOBS, keys, 2));
    }

    /// Of an index that has the damaged ones alone.
    @Test
    void damaged_blobs_are_found_without_a_look_at_the_others() {
        assertThat(plan(SqlRepairs.MARKED, 0, 2)).singleElement().asString().contains("USING INDEX blob_damaged");
        assertThat(plan(SqlRepairs.COUNT, 0, 0)).singleElement().asString().contains("INDEX blob_damaged");
    }

    @Test
    void rows_that_name_a_key_are_found_by_it() {
        SqlRepairs.NAMED.forEach(text -> assertThat(plan(text, 2, 0))
                .noneSatisfy(line -> assertThat(line).startsWith("SCAN")));
    }

    /// Two indexes begin with one half of it and end with the other.
    private static void assertByWholeKey(List<String> plan) {
        assertThat(plan).singleElement().asString().matches("SEARCH repo_blob USING .*_id=\\? AND .*_id=\\?\\)");
    }

    private static void assertQuick(List<String> plan, String step) {
        assertThat(plan)
                .anySatisfy(line -> assertThat(line).contains(step))
                .noneSatisfy(line -> assertThat(line).containsPattern("^SCAN (?!counted)|TEMP B-TREE"));
    }

    private List<String> plan(String text, int keys, int values) {
        return store.transact(tx -> {
            var sql = ((SqlImages) tx.images()).sql();
            var ones = Stream.generate(() -> 1).limit(values).toArray();
            var explain = "explain query plan " + text;
            return keys == 0
                    ? sql.list(explain, row -> row.getString(4), ones)
                    : sql.listIn(explain, row -> row.getString(4), Collections.nCopies(keys, 1), ones);
        });
    }
}

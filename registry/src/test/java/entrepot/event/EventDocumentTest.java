package entrepot.event;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ImageChange;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.MediaType;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import entrepot.operation.World;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventDocumentTest {

    private static final Digest IMAGE = Digest.parse("sha256:" + "1".repeat(64));
    private static final Digest SUBJECT = Digest.parse("sha256:" + "2".repeat(64));
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.123456Z");
    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

    private static ImageChange change(Kind kind, @Nullable Digest subject, String... tags) {
        var repository = new Repository(1, World.ID, World.APP, TagMutability.MUTABLE, false, 1, NOW, null);
        var image =
                new StoredImage(1, IMAGE, MediaType.OCI_MANIFEST, "application/sarif+json", subject, 7, 8, NOW, null);
        return new ImageChange(
                kind, repository, image, Arrays.stream(tags).map(Tag::new).toList(), "lifecycle", NOW);
    }

    private static List<JsonNode> documents(ImageChange change) {
        return EventDocument.all(change).stream()
                .map(event -> new JsonMapper().readTree(event.document()))
                .toList();
    }

    private static JsonNode detail(ImageChange change) {
        return documents(change).getFirst().get("detail");
    }

    private static String text(ImageChange change, String member) {
        return detail(change).path(member).asString();
    }

    @Test
    void a_push_in_event_bridges_shape() {
        var event = EventDocument.all(change(Kind.PUSH, null, "v1")).getFirst();

        assertThat(event.repository()).isEqualTo("arn:aws:ecr:eu-west-1:123456789012:repository/app");
        assertThat(event.type()).isEqualTo("ECR Image Action");
        assertThat(event.uuid()).matches("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");
        assertThat(event.document()).isEqualTo("""
                        {"version":"0","id":"%s","detail-type":"ECR Image Action","source":"aws.ecr",\
                        "account":"123456789012","time":"2026-05-01T12:00:00Z","region":"eu-west-1","resources":[],\
                        "detail":{"result":"SUCCESS","repository-name":"app","image-digest":"%s","action-type":"PUSH",\
                        "image-tag":"v1"}}""".formatted(event.uuid(), IMAGE));
    }

    @Test
    void an_event_for_each_tag_or_one_without() {
        assertThat(documents(change(Kind.PUSH, null, "v1", "v2")))
                .extracting(document -> document.get("detail").get("image-tag").asString())
                .containsExactly("v1", "v2");
        assertThat(detail(change(Kind.PUSH, null)).has("image-tag")).isFalse();
        assertThat(EventDocument.all(change(Kind.DELETE, null, "v1", "v2")))
                .extracting(event -> event.uuid())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "PUSH, PUSH",
        "TAG, PUSH",
        "UNTAG, DELETE",
        "DELETE, DELETE",
        "EXPIRE, DELETE",
        "ARCHIVE, UPDATE_STORAGE_CLASS",
        "RESTORE, UPDATE_STORAGE_CLASS"
    })
    void each_kind_has_ecrs_word(Kind kind, String action) {
        assertThat(text(change(kind, null, "v1"), "action-type")).isEqualTo(action);
    }

    @Test
    void what_is_about_another_image_is_a_referrer() {
        var change = change(Kind.PUSH, SUBJECT);

        assertThat(documents(change).getFirst().get("detail-type").asString()).isEqualTo("ECR Referrer Action");
        assertThat(detail(change)).hasToString("""
                        {"result":"SUCCESS","repository-name":"app","image-digest":"%s","action-type":"PUSH",\
                        "manifest-media-type":"%s","artifact-media-type":"application/sarif+json"}""".formatted(IMAGE, TYPE));
    }

    @Test
    void a_move_tells_where_to() {
        var restored = change(Kind.RESTORE, null);
        assertThat(text(change(Kind.ARCHIVE, null), "target-storage-class")).isEqualTo("ARCHIVE");
        assertThat(text(restored, "target-storage-class")).isEqualTo("STANDARD");
        assertThat(text(restored, "last-activated-at")).isEqualTo("2026-05-01T12:00:00Z");
        assertThat(text(restored, "manifest-media-type")).isEqualTo(TYPE);
    }
}

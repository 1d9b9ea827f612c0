package entrepot.event;

import static entrepot.operation.World.APP;
import static entrepot.replication.Replicated.HOME;
import static entrepot.replication.Replicated.OTHERS;
import static entrepot.replication.Replicated.THERE;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.EventType;
import entrepot.operation.ImageChanges;
import entrepot.operation.Images;
import entrepot.replication.Replicated;
import entrepot.replication.ReplicationOutbox;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is told of images that are replicated.
class ReplicationEventsTest {

    @AutoClose
    private final Replicated registries = new Replicated();

    private final Told told = new Told(registries.world, EventType.REPLICATION_ACTION);

    @BeforeEach
    void tell_of_replication() {
        registries.world.told = ImageChanges.all(List.of(new ReplicationOutbox(), told.outbox()));
    }

    @Test
    void an_image_that_came_is_told_as_of_the_registry_that_it_came_to() {
        registries.toAll(THERE);
        var image = registries.put(HOME, APP, Images.image("one"), "v1");
        assertThat(told.documents()).isEmpty();
        registries.replicate();

        var event = told.documents().getFirst();

        assertThat(event.get("detail-type").asString()).isEqualTo("ECR Replication Action");
        assertThat(event.get("account").asString()).isEqualTo("123456789012");
        assertThat(event.get("region").asString()).isEqualTo("us-east-1");
        assertThat(event.get("resources")).hasToString("[\"arn:aws:ecr:us-east-1:123456789012:repository/app\"]");
        assertThat(event.get("detail")).hasToString("""
                        {"result":"SUCCESS","repository-name":"app","image-digest":"%s",\
                        "source-account":"123456789012","action-type":"REPLICATE","source-region":"eu-west-1",\
                        "image-tag":"v1"}""".formatted(image));
    }

    @Test
    void an_image_without_a_tag_is_told_once() {
        registries.toAll(THERE);
        registries.put(HOME, APP, Images.image("one"), null);
        registries.replicate();
        registries.replicate();

        assertThat(told.documents())
                .hasSize(1)
                .allMatch(event -> !event.get("detail").has("image-tag"));
    }

    @Test
    void an_image_that_does_not_come_is_told_as_of_where_it_was_to_come() {
        registries.toAll(OTHERS);
        var image = registries.put(HOME, APP, Images.image("one"), "v1");
        registries.replicate(); // nobody there allows it

        var event = told.documents().getFirst();

        assertThat(event.get("account").asString()).isEqualTo("999999999999");
        assertThat(event.get("detail")).hasToString("""
                        {"result":"FAILED","repository-name":"app","image-digest":"%s",\
                        "source-account":"123456789012","action-type":"REPLICATE","source-region":"eu-west-1",\
                        "image-tag":"v1"}""".formatted(image));
    }

    @Test
    void a_deletion_that_follows_is_no_replication() {
        registries.rules(HOME, Replicated.rule(true, List.of(), THERE));
        var image = registries.put(HOME, APP, Images.image("one"), "v1");
        registries.replicate();
        assertThat(told.documents()).hasSize(1);

        registries.delete(HOME, APP, Images.byDigest(image));
        registries.replicate();

        assertThat(registries.has(THERE, APP)).isEmpty();
        assertThat(told.documents()).isEmpty();
    }
}

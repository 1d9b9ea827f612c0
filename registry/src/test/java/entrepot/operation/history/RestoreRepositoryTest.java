package entrepot.operation.history;

import static entrepot.operation.World.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.auth.Caller;
import entrepot.domain.ImageChange;
import entrepot.domain.Repository;
import entrepot.domain.ResourceTag;
import entrepot.operation.World;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may bring a repository back, and what history says of it.
class RestoreRepositoryTest {

    @AutoClose
    private final World world = World.withApp();

    private final RestoreRepository operation =
            new RestoreRepository(Histories.in(world).repositories());
    private final Repository app = world.repository(APP);

    @BeforeEach
    void delete() {
        world.metadata.transact(tx -> {
            tx.repositories().putTags(app, List.of(new ResourceTag("team", "a")));
            return app;
        });
        world.delete(APP);
    }

    private Caller user(String name, String service, String team) {
        return world.user(World.ID.account(), name, """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*",
                 "Condition":{"StringEquals":{"%s:ResourceTag/team":"%s"}}}]}""".formatted(service, team));
    }

    private void restore(Caller caller) {
        world.call(caller, operation, new RestoreRepository.Input(APP));
    }

    @Test
    void the_tags_that_it_had_say_who_may() {
        var other = user("other", "aws", "b");

        assertThatThrownBy(() -> restore(other))
                .hasMessageContaining("not authorized to perform: ecr:CreateRepository");
        restore(user("own", "ecr", "a"));
    }

    @Test
    void history_says_who_did_it() {
        var ann = user("ann", "aws", "a");
        restore(ann);

        var events = world.metadata.read(tx -> tx.history().events(app.id(), null, null, 10));
        assertThat(events)
                .filteredOn(event -> event.kind() == ImageChange.Kind.RESTORE)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.principal()).isEqualTo(ann.principal().arn()));
    }
}

package entrepot.operation.registry;

import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Arn;
import entrepot.operation.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// RegisterPullTimeUpdateExclusion, DeregisterPullTimeUpdateExclusion and ListPullTimeUpdateExclusions.
class PullTimeUpdateExclusionsTest {

    private static final Arn ROLE = new Arn("arn:aws:iam::123456789012:role/scanner");
    private static final Arn USER = new Arn("arn:aws:iam::123456789012:user/ann");

    @AutoClose
    private final World world = World.withApp();

    private RegisterPullTimeUpdateExclusion.Output register(Arn principal) {
        return world.call(
                world.the(RegisterPullTimeUpdateExclusion.class), new RegisterPullTimeUpdateExclusion.Input(principal));
    }

    private DeregisterPullTimeUpdateExclusion.Output deregister(Arn principal) {
        return world.call(
                world.the(DeregisterPullTimeUpdateExclusion.class),
                new DeregisterPullTimeUpdateExclusion.Input(principal));
    }

    private ListPullTimeUpdateExclusions.Output list(@Nullable Integer size, @Nullable String token) {
        return world.call(
                world.the(ListPullTimeUpdateExclusions.class), new ListPullTimeUpdateExclusions.Input(size, token));
    }

    @Test
    void an_exclusion_is_listed_until_it_is_removed() {
        assertThat(register(ROLE)).isEqualTo(new RegisterPullTimeUpdateExclusion.Output(ROLE, world.clock.instant()));
        assertThat(list(null, null)).isEqualTo(new ListPullTimeUpdateExclusions.Output(List.of(ROLE.value()), null));

        assertThat(deregister(ROLE)).isEqualTo(new DeregisterPullTimeUpdateExclusion.Output(ROLE));
        assertThat(list(null, null)).isEqualTo(new ListPullTimeUpdateExclusions.Output(List.of(), null));
    }

    @Test
    void one_that_is_there_is_not_made_again_and_one_that_is_not_is_not_removed() {
        register(ROLE);

        assertThat(refusal(() -> register(ROLE)))
                .isEqualTo("ExclusionAlreadyExistsException: The pull time update exclusion for"
                        + " 'arn:aws:iam::123456789012:role/scanner' already exists in the registry with id"
                        + " '123456789012'");
        assertThat(refusal(() -> deregister(USER)))
                .isEqualTo("ExclusionNotFoundException: The pull time update exclusion for"
                        + " 'arn:aws:iam::123456789012:user/ann' does not exist in the registry with id"
                        + " '123456789012'");
    }

    @Test
    void they_are_listed_page_by_page_of_a_hundred_at_most() {
        var all = new ArrayList<String>();
        for (int i = 100; i < 203; i++) {
            all.add(register(new Arn(USER.value() + i)).principalArn().value());
        }

        var first = list(1_000, null);
        var second = list(2, first.nextToken());
        var third = list(null, second.nextToken());

        assertThat(first.pullTimeUpdateExclusions()).isEqualTo(all.subList(0, 100));
        assertThat(second.pullTimeUpdateExclusions()).isEqualTo(all.subList(100, 102));
        assertThat(third).isEqualTo(new ListPullTimeUpdateExclusions.Output(all.subList(102, 103), null));
    }
}

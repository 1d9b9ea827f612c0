package entrepot.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.auth.KnownPolicies;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.operation.AuditEvent;
import entrepot.operation.Family;
import entrepot.operation.Operation;
import entrepot.operation.Operations;
import entrepot.operation.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Calls without a request of HTTP, as a session's are.
class CallsTest {

    /// Under a name of STS's, though it needs what ECR names.
    private record GetSessionToken(AccountId account) implements Operation<String, String> {
        @Override
        public List<Permission> needs(Caller caller, String input) {
            return List.of(new Permission(account, "ecr:ListImages", Arn.ANY));
        }

        @Override
        public String run(Caller caller, Law law, String input) {
            return input + " by " + law;
        }
    }

    private final World world = World.withApp();
    private final List<AuditEvent> told = new ArrayList<>();
    private final Calls calls = new Calls(
            new Operations(new Access(new KnownPolicies(world.metadata, world.clock), world.clock), told::add));

    @AfterEach
    void close() {
        world.close();
    }

    private String call(AccountId account) {
        var operation = new GetSessionToken(account);
        var service = Service.sts(List.<Family>of(() -> List.of(operation)));
        return calls.call(world.root, service, operation, "called");
    }

    @Test
    void an_operation_is_run_by_ecrs_law_for_a_caller_and_an_input() {
        assertThat(call(World.ID.account())).isEqualTo("called by ECR");
    }

    @Test
    void what_is_written_down_names_the_service_that_was_called_whatever_it_needs() {
        call(World.ID.account());
        assertThatThrownBy(() -> call(World.STRANGER)).isInstanceOf(RegistryException.class);

        assertThat(told).extracting(AuditEvent::service).containsExactly("sts", "sts");
        assertThat(told).extracting(AuditEvent::refusal).satisfies(refusals -> {
            assertThat(refusals.getFirst()).isNull();
            assertThat(refusals.getLast()).isNotNull();
        });
    }
}

package entrepot.operation.identity.policy;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.ID;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import entrepot.auth.UnknownKeys;
import entrepot.domain.Arn;
import entrepot.domain.UserName;
import entrepot.operation.World;
import entrepot.operation.image.ListImages;
import entrepot.operation.registry.PutRegistryPolicy;
import entrepot.operation.repository.SetRepositoryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What the log says of policies that ask for condition keys nobody knows.
class UnknownKeysTest {

    private static final String ASKING = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",%s"
            + "\"Condition\":{\"Bool\":{\"aws:ViaSomething\":\"false\",\"aws:ViaAWSService\":\"false\"}}}}";
    private static final String OF_IDENTITY = ASKING.formatted("\"Resource\":\"*\",");

    @AutoClose
    private final World world = World.withApp();

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stop() {
        logger().detachAppender(log);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(UnknownKeys.class);
    }

    @Test
    void each_policy_that_is_stored_is_told_of_once_and_no_request_is() {
        var ann = world.user(ID.account(), "ann");
        var arn = "arn:aws:iam::123456789012:policy/p";
        world.call(world.the(PutUserPolicy.class), new PutUserPolicy.Input(new UserName("ann"), "p", OF_IDENTITY));
        world.call(world.the(CreatePolicy.class), new CreatePolicy.Input("p", null, OF_IDENTITY, null, null));
        world.call(
                world.the(CreatePolicyVersion.class), new CreatePolicyVersion.Input(new Arn(arn), OF_IDENTITY, true));
        world.call(
                world.the(SetRepositoryPolicy.class),
                new SetRepositoryPolicy.Input(null, APP, ASKING.formatted("\"Principal\":\"*\","), true));
        world.call(
                world.the(PutRegistryPolicy.class),
                new PutRegistryPolicy.Input(ASKING.formatted("\"Principal\":\"*\",\"Resource\":\"*\",")));
        World.error(() -> world.call(
                ann, world.the(ListImages.class), new ListImages.Input(ID.account(), APP, null, null, null)));

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        told("user ann"), told(arn), told(arn), told("repository app"), told("registry 123456789012"));
    }

    private static String told(String owner) {
        return "a policy of %s asks for condition keys that no request here has: [aws:ViaSomething]".formatted(owner);
    }

    @Test
    void what_is_refused_is_not_told_of() {
        World.error(() -> world.call(
                world.the(PutUserPolicy.class), new PutUserPolicy.Input(new UserName("nobody"), "p", OF_IDENTITY)));

        assertThat(log.list).isEmpty();
    }
}

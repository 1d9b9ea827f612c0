package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.operation.Operation;
import entrepot.operation.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A world with secrets in it.
record SecretWorld(World world) implements AutoCloseable {

    static SecretWorld create() {
        return new SecretWorld(World.withApp());
    }

    <I, O, P extends Operation<I, O>> O call(Class<P> operation, I input) {
        return call(world.root, operation, input);
    }

    <I, O, P extends Operation<I, O>> O call(Caller caller, Class<P> operation, I input) {
        return world.call(caller, world.the(operation), input);
    }

    /// A name for a version, of a permitted length.
    static String token(String name) {
        return name + "-".repeat(32 - name.length());
    }

    static CreateSecret.Input named(String name, @Nullable String token, @Nullable String text) {
        return new CreateSecret.Input(name, token, null, null, null, text, null, null, null, null, null);
    }

    /// The ARN of a new secret.
    String create(String name, @Nullable String text) {
        return call(CreateSecret.class, named(name, token("1"), text)).arn();
    }

    PutSecretValue.Output put(String secret, String token, String text, String... stages) {
        var given = stages.length == 0 ? null : List.of(stages);
        return call(PutSecretValue.class, new PutSecretValue.Input(secret, token(token), null, text, given, null));
    }

    @Nullable
    String value(String secret) {
        return value(secret, null, null);
    }

    @Nullable
    String value(String secret, @Nullable String version, @Nullable String stage) {
        return call(GetSecretValue.class, new GetSecretValue.Input(secret, version, stage))
                .secretString();
    }

    DescribeSecret.Output describe(String secret) {
        return call(DescribeSecret.class, new DescribeSecret.Input(secret));
    }

    void delete(String secret, @Nullable Long days) {
        call(DeleteSecret.class, new DeleteSecret.Input(secret, days, null));
    }

    void policy(String secret, String policy) {
        call(PutResourcePolicy.class, new PutResourcePolicy.Input(secret, policy, null, null));
    }

    @Override
    public void close() {
        world.close();
    }
}

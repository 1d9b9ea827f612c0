package entrepot.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who there is, and how they log in.
///
/// @param tokenLifetime of a registry token
/// @param basicAccessKeys whether `/v2` takes an access key's id and secret as user and password
/// @param anonymousPull whether whoever does not log in may pull what a policy opens to all
/// @param rootKey null for one that is made
/// @param console whether people may sign in at `/console/`
/// @param accounts those that are to be made, with their users
public record Identities(
        Duration tokenLifetime,
        boolean basicAccessKeys,
        boolean anonymousPull,
        @Nullable RootKey rootKey,
        boolean console,
        List<Declarations.Account> accounts) {

    public Identities {
        accounts = List.copyOf(accounts);
    }

    static Identities read(Sources sources, List<Declarations.Account> accounts) {
        return new Identities(
                sources.value("token-lifetime", Duration.ofHours(12), Durations::parse),
                sources.flag("basic-access-keys", false),
                sources.flag("anonymous-pull", false),
                RootKey.read(sources),
                sources.flag("console", true),
                accounts);
    }

    /// The same, with more accounts.
    Identities declaring(List<Declarations.Account> more) {
        var all = Stream.concat(accounts.stream(), more.stream()).toList();
        return new Identities(tokenLifetime, basicAccessKeys, anonymousPull, rootKey, console, all);
    }
}

package entrepot.console;

import entrepot.auth.Caller;
import entrepot.auth.token.ConsoleLogins.Login;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.http.Query;
import entrepot.operation.Operation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Somebody who is signed in asks for a page, or sends one of its forms.
///
/// @param path below the region, such as `repositories`
/// @param query what stands in the address
/// @param form what was sent; empty for a page that is only looked at
public record Visit(Caller caller, Login login, Desk desk, String path, Query query, Query form, Instant now) {

    /// In characters; no name or token of a page is longer.
    private static final int LONGEST = 2_048;

    /// What the address says under that name; empty if nothing, or more than any page asks for.
    public String asked(String name) {
        return query.first(name)
                .map(String::strip)
                .filter(text -> text.length() <= LONGEST)
                .orElse("");
    }

    /// The same; null where it is empty, as operations have it.
    public @Nullable String orNull(String name) {
        var text = asked(name);
        return text.isEmpty() ? null : text;
    }

    /// What the form says under that name.
    public String sent(String name) {
        return form.first(name).orElse("");
    }

    /// The repository that the address names. Fails with ECR's refusal of what is no name.
    public RepositoryName repository() {
        return new RepositoryName(asked("name"));
    }

    public String region() {
        return caller.registry().region();
    }

    public Links links() {
        return new Links(region());
    }

    /// Asks as everybody does. Fails with a refusal if they may not, or as the operation refuses.
    public <I, O> O call(Class<? extends Operation<I, O>> type, I input) {
        return desk.call(caller, type, input);
    }

    /// The same for a part of a page, which shows what was refused where the rest is not.
    public <I, O> Part<O> part(Class<? extends Operation<I, O>> type, I input) {
        try {
            return new Part<>(Optional.of(call(type, input)), Optional.empty());
        } catch (RegistryException e) {
            return new Part<>(Optional.empty(), Optional.of(e.error()));
        }
    }
}

package entrepot.operation;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Haste;
import entrepot.domain.Law;
import java.util.List;

/// One operation of an AWS API, under its API name. Record components of `I` and `O` are the members of its request
/// and response, under their wire names.
public interface Operation<I, O> {

    /// What the caller must be allowed to do, all of it, for the call to go on.
    List<Permission> needs(Caller caller, I input);

    /// Has at hand what [#run] will take, where that must not wait ([entrepot.domain.Haste]). Called by [Operations]
    /// alone, when it is decided that the caller may.
    ///
    /// @throws entrepot.domain.Haste.Late if it is not at hand
    default void prepare(Caller caller, Law law, I input) {
        Haste.refuse();
    }

    /// Called by [Operations] alone.
    ///
    /// @throws entrepot.domain.RegistryException for every refusal that the caller is told
    O run(Caller caller, Law law, I input);

    /// What its work and its output take of memory at most, in bytes, beside what its input takes. Enough for a page
    /// of a thousand short entries.
    ///
    /// @param inputLength of the document that the input came in, in bytes
    default long memory(long inputLength) {
        return 1 << 20;
    }

    /// The name on the wire.
    default String name() {
        return getClass().getSimpleName();
    }
}

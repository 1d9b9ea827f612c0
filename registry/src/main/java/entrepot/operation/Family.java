package entrepot.operation;

import java.util.List;

/// Operations on one kind of thing: made together, of [Means], and listed where they are, in their package. Nobody else
/// makes an operation.
public interface Family {

    /// Every one of them.
    List<Operation<?, ?>> all();

    /// Those that AWS's API has a name for.
    default List<Operation<?, ?>> inApi() {
        return all();
    }
}

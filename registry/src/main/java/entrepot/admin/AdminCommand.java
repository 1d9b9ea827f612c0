package entrepot.admin;

import java.io.IOException;
import java.util.List;

/// Something that an administrator can have done.
@FunctionalInterface
public interface AdminCommand {

    /// Does it, and gives the lines to print.
    ///
    /// @throws IOException if it cannot be done; the message says why, on one line
    List<String> run(List<String> arguments) throws IOException;
}

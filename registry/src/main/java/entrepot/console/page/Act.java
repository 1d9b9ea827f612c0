package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Visit;
import java.util.List;

/// Something that can be done, once it was asked whether it really is to be. What it is about stands in the
/// address, both times.
interface Act {

    /// What is asked before.
    ///
    /// @param consequences what goes and what changes, a sentence each
    /// @param button what is pressed to have it done
    /// @param isLoss whether something goes
    record Question(String heading, List<String> consequences, String button, boolean isLoss) {}

    /// What it would do now. Fails as an operation does that shows it.
    Question question(Visit visit);

    /// Does it, and says where to look then. Fails as the operation that does it.
    Answer perform(Visit visit);
}

package entrepot.server;

import entrepot.check.Repair;
import entrepot.check.RepairText;
import entrepot.domain.BlobKey;
import java.io.IOException;
import java.util.List;

/// What a check that runs beside this server has it write down and take away.
///
/// @param repair by which it does
public record CheckCommands(Repair repair) {

    /// The administrator's command; its first argument is an [Act].
    public static final String NAME = "check";

    /// What is asked.
    public enum Act {
        /// Where one was cut off; its name.
        BEGUN,
        /// The turn; its name. Answered by none where it is another one's.
        TAKE,
        /// The turn is over.
        END,
        /// Its turn, how far it is, and what it found.
        FOUND,
        /// How old what no row names must be.
        ORPHAN_AGE,
        /// Keys of what is to be removed; answered by those that were not, each followed by why.
        REMOVE
    }

    /// Does it, and gives what there is to say.
    public List<String> run(List<String> arguments) throws IOException {
        try {
            return run(Act.valueOf(arguments.getFirst()), arguments.subList(1, arguments.size()));
        } catch (RuntimeException e) {
            if (e instanceof IllegalArgumentException || arguments.isEmpty()) {
                throw new IOException("check does not know " + arguments, e);
            }
            throw e;
        }
    }

    private List<String> run(Act act, List<String> given) throws IOException {
        return switch (act) {
            case BEGUN ->
                repair.begun(given.getFirst()).map(RepairText::of).stream().toList();
            case FOUND -> {
                repair.found(
                        RepairText.turn(given.getFirst()),
                        RepairText.walk(given.get(1)),
                        RepairText.findings(given.subList(2, given.size())));
                yield List.of();
            }
            case TAKE ->
                repair.take(given.getFirst()).map(RepairText::of).stream().toList();
            case END -> {
                repair.end(RepairText.turn(given.getFirst()));
                yield List.of();
            }
            case ORPHAN_AGE -> List.of(repair.orphanAge().toString());
            case REMOVE ->
                repair.remove(given.stream().map(BlobKey::new).toList()).entrySet().stream()
                        .map(kept -> kept.getKey() + " " + kept.getValue())
                        .toList();
        };
    }
}

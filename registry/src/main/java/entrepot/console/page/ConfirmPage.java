package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Page;
import entrepot.console.Visit;
import entrepot.console.Words;
import java.util.List;
import java.util.Map;

/// Asks before something is done, says what goes, and does it.
public final class ConfirmPage implements Page {

    private static final Words UNKNOWN = new Words("Not there", "There is no such act.", "");

    /// What acts are told. Nothing else of an address goes on to where the form is sent.
    private static final List<String> TOLD = List.of("name", "act", "digest", "tag", "mode", "exclusions", "on");

    private final Map<String, Act> acts = Map.ofEntries(
            Map.entry("delete-image", new DeleteImage()),
            Map.entry("delete-tag", new DeleteTag()),
            Map.entry("tag", new GiveTag()),
            Map.entry("scan", new ScanImage()),
            Map.entry("undelete", new BringBack()),
            Map.entry("mutability", new SetMutability()),
            Map.entry("scan-on-push", new SetScanOnPush()),
            Map.entry("delete-policy", new DeletePolicy()),
            Map.entry("delete-lifecycle", new DeleteLifecycle()),
            Map.entry("delete-registry-policy", new DeleteRegistryPolicyAct()),
            Map.entry("undelete-repository", new BringBackRepository()),
            Map.entry("delete-repository", new RemoveRepository()),
            Map.entry("create-repository", new MakeRepository()));

    /// What the page shows.
    ///
    /// @param action where the form goes: this page again, with what it was asked
    /// @param back where who does not want to goes
    public record Model(
            String heading, List<String> consequences, String button, boolean isLoss, String action, String back) {}

    @Override
    public Answer answer(Visit visit) {
        var act = acts.get(visit.asked("act"));
        if (act == null) {
            return UNKNOWN.answer(404);
        }
        if (!visit.form().parameters().isEmpty()) {
            return act.perform(visit);
        }
        var asked = act.question(visit);
        var model = new Model(
                asked.heading(), asked.consequences(), asked.button(), asked.isLoss(), action(visit), back(visit));
        return Answer.shown(asked.heading(), "confirm", model);
    }

    private static String action(Visit visit) {
        var address = visit.links().to("confirm");
        for (var name : TOLD) {
            var value = visit.query().first(name);
            address = value.isPresent() ? Links.with(address, name, value.get()) : address;
        }
        return address;
    }

    private static String back(Visit visit) {
        var links = visit.links();
        var name = visit.asked("name");
        return switch (visit.asked("act")) {
            case "create-repository" -> links.repositories();
            case "undelete" -> links.of("deleted", name);
            case "undelete-repository" -> links.to("gone");
            case "delete-registry-policy" -> links.to("registry");
            default -> {
                var digest = visit.asked("digest");
                yield digest.isEmpty() ? links.repository(name) : links.image(name, digest);
            }
        };
    }
}

package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Visit;
import entrepot.operation.repository.PutImageScanningConfiguration;
import entrepot.operation.repository.RepositoryView.ScanningConfiguration;
import java.util.List;

/// Says whether images are scanned when they are pushed.
final class SetScanOnPush implements Act {

    @Override
    public Question question(Visit visit) {
        var name = visit.repository();
        return new Question(
                "Change what happens at a push?",
                List.of(
                        isOn(visit)
                                ? "Images of repository %s will be scanned when they are pushed.".formatted(name)
                                : ("Images of repository %s will not be scanned when they are pushed,"
                                                + " unless the registry's rules say so.")
                                        .formatted(name)),
                "Change it",
                false);
    }

    private static boolean isOn(Visit visit) {
        return visit.asked("on").equals("yes");
    }

    @Override
    public Answer perform(Visit visit) {
        var name = visit.repository();
        visit.call(
                PutImageScanningConfiguration.class,
                new PutImageScanningConfiguration.Input(null, name, new ScanningConfiguration(isOn(visit))));
        return new Answer.Next(Links.with(visit.links().of("settings", name.value()), "done", "settings"));
    }
}

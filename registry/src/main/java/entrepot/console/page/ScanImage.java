package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Links;
import entrepot.console.Visit;
import entrepot.domain.ImageIdentifier;
import entrepot.operation.scanning.StartImageScan;
import java.util.List;

/// Has an image scanned.
final class ScanImage implements Act {

    @Override
    public Question question(Visit visit) {
        var image = ImagePage.image(new Images(visit, visit.repository()), visit.asked("digest"));
        return new Question(
                "Scan this image?",
                List.of(
                        "The image %s is scanned for vulnerabilities.".formatted(image.imageDigest()),
                        "What was found before is shown until the scan has ended."),
                "Scan",
                false);
    }

    @Override
    public Answer perform(Visit visit) {
        var name = visit.repository();
        var digest = visit.asked("digest");
        visit.call(StartImageScan.class, new StartImageScan.Input(null, name, new ImageIdentifier(digest, null)));
        return new Answer.Next(Links.with(visit.links().image(name.value(), digest), "done", "scan"));
    }
}

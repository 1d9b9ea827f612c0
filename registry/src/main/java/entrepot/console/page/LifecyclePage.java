package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Frame;
import entrepot.console.Links;
import entrepot.console.Page;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.domain.RepositoryName;
import entrepot.operation.lifecycle.GetLifecyclePolicy;
import entrepot.operation.lifecycle.PreviewResult;
import entrepot.operation.lifecycle.PutLifecyclePolicy;
import entrepot.operation.lifecycle.StartLifecyclePolicyPreview;
import entrepot.operation.repository.RepositoryView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What becomes of a repository's images as they age: the policy, and what another one would do, seen before it
/// is saved.
public final class LifecyclePage implements Page {

    /// Seconds until a preview that is being made is looked at again.
    private static final int AGAIN = 2;

    /// What the page shows.
    ///
    /// @param text of a policy to be edited
    /// @param policy that is in force
    /// @param preview of the one that was asked for last, if that is to be shown
    /// @param problem why what was sent was not taken; empty for nothing
    /// @param done what was just done; empty for nothing
    public record Model(
            RepositoryView repository,
            String text,
            Part<GetLifecyclePolicy.Output> policy,
            Optional<Part<Preview>> preview,
            String problem,
            String done,
            Instant now)
            implements Frame.Refreshed {

        @Override
        public int refresh() {
            return preview.flatMap(Part::found).filter(Preview::isUnderWay).isPresent() ? AGAIN : 0;
        }
    }

    /// What a policy would do.
    ///
    /// @param status in ECR's words
    /// @param shown the images that something happens to, as many as are shown
    public record Preview(
            String status, String text, int expiring, int archived, List<PreviewResult> shown, TimeLine line) {

        boolean isUnderWay() {
            return status.equals("IN_PROGRESS");
        }
    }

    @Override
    public long memory() {
        return 16 << 20;
    }

    @Override
    public Answer answer(Visit visit) {
        var name = visit.repository();
        return visit.form().parameters().isEmpty() ? page(visit, name, "", "") : sent(visit, name);
    }

    private static Answer sent(Visit visit, RepositoryName name) {
        var text = visit.sent("policy");
        var address = visit.links().of("lifecycle", name.value());
        var isSaved = visit.sent("save").equals("yes");
        var part = isSaved
                ? visit.part(PutLifecyclePolicy.class, new PutLifecyclePolicy.Input(null, name, text))
                : visit.part(
                        StartLifecyclePolicyPreview.class, new StartLifecyclePolicyPreview.Input(null, name, text));
        return part.found().isPresent()
                ? new Answer.Next(Links.with(address, isSaved ? "done" : "preview", isSaved ? "lifecycle" : "yes"))
                : page(visit, name, text, part.why());
    }

    private static Answer page(Visit visit, RepositoryName name, String sent, String problem) {
        var repository = RepositoryPage.repository(visit, name);
        var policy = visit.part(GetLifecyclePolicy.class, new GetLifecyclePolicy.Input(null, name));
        var preview = visit.asked("preview").isEmpty()
                ? Optional.<Part<Preview>>empty()
                : Optional.of(new Previews(visit, name).newest());
        var text = text(sent, preview, policy);
        var model = new Model(repository, text, policy, preview, problem, visit.asked("done"), visit.now());
        return new Answer.Shown(problem.isEmpty() ? 200 : 400, name.value(), "lifecycle", model);
    }

    private static String text(String sent, Optional<Part<Preview>> preview, Part<GetLifecyclePolicy.Output> policy) {
        if (!sent.isEmpty()) {
            return sent;
        }
        var text = preview.flatMap(Part::found)
                .map(Preview::text)
                .or(() -> policy.found().map(GetLifecyclePolicy.Output::lifecyclePolicyText));
        return text.map(Texts::indented).orElse("");
    }
}

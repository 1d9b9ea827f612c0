package entrepot.console.page;

import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.console.page.LifecyclePage.Preview;
import entrepot.domain.ImageAction;
import entrepot.domain.RepositoryName;
import entrepot.operation.image.ImageDetail;
import entrepot.operation.lifecycle.GetLifecyclePolicyPreview;
import entrepot.operation.lifecycle.PreviewResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers what a lifecycle policy would do.
record Previews(Visit visit, RepositoryName name) {

    /// Images that something happens to, of which the time line tells.
    private static final int MOST = 500;

    /// Of them, those that are listed.
    private static final int LISTED = 100;

    /// The newest that there is.
    Part<Preview> newest() {
        return ask(null).map(this::gathered);
    }

    private Part<GetLifecyclePolicyPreview.Output> ask(@Nullable String token) {
        var input = new GetLifecyclePolicyPreview.Input(null, name, null, token, null, null);
        return visit.part(GetLifecyclePolicyPreview.class, input);
    }

    private Preview gathered(GetLifecyclePolicyPreview.Output first) {
        var results = new ArrayList<>(first.previewResults());
        var token = first.nextToken();
        while (token != null && results.size() < MOST) {
            var more = ask(token).found();
            more.ifPresent(page -> results.addAll(page.previewResults()));
            token = more.map(GetLifecyclePolicyPreview.Output::nextToken).orElse(null);
        }
        var summary = first.summary();
        return new Preview(
                String.valueOf(first.status()),
                first.lifecyclePolicyText(),
                summary == null ? 0 : summary.expiringImageTotalCount(),
                summary == null ? 0 : archived(summary),
                results.subList(0, Math.min(LISTED, results.size())),
                TimeLine.of(results, kept(results), visit.now()));
    }

    private static int archived(PreviewResult.Summary summary) {
        return summary.transitioningImageTotalCounts().stream()
                .mapToInt(PreviewResult.Transitioning::imageTotalCount)
                .sum();
    }

    /// Of those that were pushed first.
    private List<ImageDetail> kept(List<PreviewResult> results) {
        var touched = new HashSet<>();
        results.forEach(result -> touched.add(result.imageDigest()));
        return new Images(visit, name)
                .first().stream()
                        .filter(image -> !touched.contains(image.imageDigest()))
                        .toList();
    }

    static boolean expires(PreviewResult result) {
        return result.action().type() == ImageAction.EXPIRE;
    }
}

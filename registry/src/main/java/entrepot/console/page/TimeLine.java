package entrepot.console.page;

import entrepot.operation.image.ImageDetail;
import entrepot.operation.lifecycle.PreviewResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Images by when they were pushed, with what a policy would do to each, to be drawn.
///
/// @param from the left end
/// @param to the right end, which is now
public record TimeLine(Instant from, Instant to, List<Mark> marks) {

    /// How long it is drawn, and how much of that is beside its ends.
    private static final double LENGTH = 1000;

    private static final double EDGE = 12;

    public TimeLine {
        marks = List.copyOf(marks);
    }

    /// An image.
    ///
    /// @param x where it is, of 1,000
    /// @param fate as style sheets call it: `keep`, `archive` or `expire`
    /// @param name by which people know it
    public record Mark(double x, String fate, String name, Instant at) {}

    private record Pushed(Instant at, String fate, String name) {}

    static TimeLine of(List<PreviewResult> results, List<ImageDetail> kept, Instant now) {
        var all = new ArrayList<>(Stream.concat(
                        results.stream().map(TimeLine::touched), kept.stream().map(TimeLine::kept))
                .sorted(Comparator.comparing(Pushed::at))
                .toList());
        var from = all.isEmpty() ? now : all.getFirst().at();
        return new TimeLine(
                from,
                now,
                all.stream()
                        .map(pushed -> new Mark(x(pushed.at(), from, now), pushed.fate(), pushed.name(), pushed.at()))
                        .toList());
    }

    private static double x(Instant at, Instant from, Instant to) {
        var whole = Math.max(1, Duration.between(from, to).toMillis());
        return EDGE
                + (LENGTH - 2 * EDGE)
                        * Math.clamp((double) Duration.between(from, at).toMillis() / whole, 0, 1);
    }

    private static Pushed touched(PreviewResult result) {
        var tags = result.imageTags();
        var name = tags == null
                ? Format.brief(result.imageDigest().toString())
                : tags.getFirst().name();
        return new Pushed(result.imagePushedAt(), Previews.expires(result) ? "expire" : "archive", name);
    }

    private static Pushed kept(ImageDetail image) {
        var tags = ImagePage.tags(image);
        var name = tags.isEmpty() ? Format.brief(image.imageDigest().toString()) : tags.getFirst();
        return new Pushed(image.imagePushedAt(), "keep", name);
    }

    /// Where marks of a fate are drawn, from the top.
    public int y(String fate) {
        return switch (fate) {
            case "keep" -> 30;
            case "archive" -> 70;
            default -> 110;
        };
    }
}

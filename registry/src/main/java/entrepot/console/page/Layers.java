package entrepot.console.page;

import entrepot.domain.Digest;
import entrepot.operation.image.ImageDetail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The layers of an image, drawn by their size, with those that other images have, too.
///
/// @param total of all of them, in bytes
/// @param others how many of the newest other images were looked at
public record Layers(List<Layer> layers, long total, int others) {

    /// Other images that are looked at.
    private static final int LOOKED_AT = 20;

    /// How long all of them are drawn.
    private static final double LENGTH = 1000;

    public Layers {
        layers = List.copyOf(layers);
    }

    /// A layer.
    ///
    /// @param sharers how many of the other images have it
    /// @param x where it begins, of 1,000
    /// @param width how long it is drawn, of 1,000
    public record Layer(ImageManifest.Descriptor of, int sharers, double x, double width) {}

    /// @param images of the same repository
    static Layers of(ImageManifest manifest, Images images, Digest self) {
        var others = others(images, self);
        var uses = uses(others);
        var total = manifest.layers().stream()
                .mapToLong(ImageManifest.Descriptor::size)
                .sum();
        var drawn = new ArrayList<Layer>();
        double x = 0;
        for (var layer : manifest.layers()) {
            var width = total <= 0 ? 0 : LENGTH * layer.size() / total;
            drawn.add(new Layer(layer, uses.getOrDefault(layer.digest(), 0), x, width));
            x += width;
        }
        return new Layers(drawn, total, others.size());
    }

    /// The digests of the layers of each.
    private static List<Set<String>> others(Images images, Digest self) {
        var newest = images.first().stream()
                .filter(image -> !image.imageDigest().equals(self)
                        && !image.imageManifestMediaType().isIndex())
                .sorted(Comparator.comparing(ImageDetail::imagePushedAt).reversed())
                .limit(LOOKED_AT)
                .map(ImageDetail::imageDigest)
                .toList();
        return List.copyOf(images.each(newest, Layers::digests).values());
    }

    private static Set<String> digests(ImageManifest manifest) {
        return manifest.layers().stream().map(ImageManifest.Descriptor::digest).collect(Collectors.toSet());
    }

    private static Map<String, Integer> uses(List<Set<String>> others) {
        var uses = new HashMap<String, Integer>();
        for (var other : others) {
            other.forEach(digest -> uses.merge(digest, 1, Integer::sum));
        }
        return uses;
    }

    /// How much of it no other image has, as far as was looked, in bytes.
    public long own() {
        return layers.stream()
                .filter(layer -> layer.sharers() == 0)
                .mapToLong(layer -> layer.of().size())
                .sum();
    }
}

package entrepot.config;

import entrepot.domain.Compat;
import entrepot.domain.GarbageRules;
import entrepot.domain.Limits;
import entrepot.domain.ScannerRules;
import java.time.Duration;

/// What may be pushed.
///
/// @param compat whom is followed where ECR and the specification differ
/// @param createOnPush whether a push makes the repository that is not there
/// @param sparseManifests whether manifests may name what their repository does not have
/// @param uploadExpiry how long an upload that nothing touches stays open
/// @param lifecycleInterval from one run of a lifecycle policy to the next, at most
/// @param garbage when goes what nobody uses
/// @param history how long what was deleted is kept, and what happened; zero for not at all
/// @param scanner what looks for vulnerabilities in what was pushed
public record Rules(
        Compat compat,
        boolean createOnPush,
        boolean sparseManifests,
        Duration uploadExpiry,
        Duration lifecycleInterval,
        GarbageRules garbage,
        Duration history,
        Limits limits,
        ScannerRules scanner) {

    private static final int MOST_TOGETHER = 10_000;

    static Rules read(Sources sources) {
        return new Rules(
                sources.value("compat", Compat.OCI, Rules::compat),
                sources.flag("create-on-push", false),
                sources.flag("sparse-manifests", false),
                sources.value("upload-expiry", Duration.ofHours(24), Durations::parse),
                sources.value("lifecycle.interval", Duration.ofHours(24), Durations::parse),
                garbage(sources, GarbageRules.USUAL),
                sources.value("history.keep", Duration.ZERO, Durations::parseOrNone),
                limits(sources, Limits.ECR),
                Scanner.read(sources, ScannerRules.NONE));
    }

    Rules following(Compat other) {
        return new Rules(
                other,
                createOnPush,
                sparseManifests,
                uploadExpiry,
                lifecycleInterval,
                garbage,
                history,
                limits,
                scanner);
    }

    private static Compat compat(String text) {
        return switch (text) {
            case "oci" -> Compat.OCI;
            case "ecr" -> Compat.ECR;
            default -> throw new IllegalArgumentException("must be oci or ecr");
        };
    }

    /// How old bytes are at least, that no row names, before they can be taken for nobody's.
    public Duration orphanAge() {
        return garbage.grace().compareTo(uploadExpiry) > 0 ? garbage.grace() : uploadExpiry;
    }

    private static GarbageRules garbage(Sources sources, GarbageRules usual) {
        var grace = sources.value("gc.grace", usual.grace(), Durations::parse);
        return new GarbageRules(
                sources.flag("gc.enabled", usual.enabled()),
                grace,
                sources.value("gc.download-grace", grace, Durations::parse),
                sources.value("gc.interval", usual.interval(), Durations::parse),
                sources.number("gc.batch", usual.batch(), 1, MOST_TOGETHER),
                sources.number("gc.rate", usual.rate(), 0, Integer.MAX_VALUE));
    }

    private static Limits limits(Sources sources, Limits usual) {
        return new Limits(
                registry(sources, usual.registry()),
                image(sources, usual.image()),
                layer(sources, usual.layer()),
                principal(sources, usual.principal()),
                sources.limit("limits.manifest-bytes", usual.manifestBytes()));
    }

    private static Limits.OfRegistry registry(Sources sources, Limits.OfRegistry usual) {
        return new Limits.OfRegistry(
                sources.limit("limits.repositories", usual.repositories()),
                sources.limit("limits.images-per-repository", usual.imagesPerRepository()),
                sources.limit("limits.tags-per-resource", usual.tagsPerResource()));
    }

    private static Limits.OfImage image(Sources sources, Limits.OfImage usual) {
        return new Limits.OfImage(
                sources.limit("limits.tags-per-image", usual.tags()),
                sources.limit("limits.layers-per-image", usual.layers()));
    }

    private static Limits.OfLayer layer(Sources sources, Limits.OfLayer usual) {
        return new Limits.OfLayer(
                sources.limit("limits.parts-per-layer", usual.parts()),
                sources.limit("limits.layer-bytes", usual.bytes()));
    }

    private static Limits.OfPrincipal principal(Sources sources, Limits.OfPrincipal usual) {
        return new Limits.OfPrincipal(
                sources.limit("limits.open-uploads-per-principal", usual.openUploads()),
                sources.limit("limits.open-upload-bytes-per-principal", usual.openUploadBytes()));
    }
}

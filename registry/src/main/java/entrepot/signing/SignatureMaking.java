package entrepot.signing;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.MediaType;
import entrepot.domain.Repository;
import entrepot.notation.SignatureImage;
import entrepot.operation.Permissions;
import entrepot.operation.image.PutImage;
import entrepot.store.Signings.Made;
import java.util.List;
import java.util.stream.Stream;

/// Makes one signature and stores it, as its pusher would: they need the rights that a push of it needs, and that to
/// sign by the profile. Source: ECR user guide, "Managed signing".
record SignatureMaking(SigningMeans means) {

    private static final Digest EMPTY = SignatureImage.digest(SignatureImage.empty());

    void make(SigningTarget target) {
        if (!isStored(target)) {
            store(target);
        }
        means.metadata().transact(tx -> {
            tx.signings().complete(target.signing());
            return target;
        });
    }

    /// Whoever was cut off before they could say so has nothing more to ask for, nor has the repository's key.
    private boolean isStored(SigningTarget target) {
        return means.metadata()
                .read(tx -> tx.signings().states(target.image()).stream()
                        .filter(state -> state.profile().equals(target.signing().profile()))
                        .flatMap(state -> Stream.ofNullable(state.signature()))
                        .anyMatch(signature ->
                                tx.images().find(target.repository(), signature).isPresent()));
    }

    private void store(SigningTarget target) {
        var caller = target.caller();
        var profile = profile(target);
        means.door()
                .decisions()
                .require(caller, means.layers().initiateLayerUpload(), needs(caller, profile, target.repository()));
        var made = made(target, profile);
        if (!isThere(target.repository(), EMPTY)) {
            bring(caller, target.repository(), SignatureImage.empty());
        }
        bring(caller, target.repository(), made.envelope());
        put(caller, target.repository(), made);
    }

    private Profile profile(SigningTarget target) {
        var arn = target.signing().profile();
        var profile = means.profiles().get(arn);
        if (profile == null) {
            throw new UnsignedException("ResourceNotFoundException", "This server cannot sign by the profile " + arn);
        }
        if (profile.key().isOver(means.clock().instant())) {
            throw new UnsignedException("ValidationException", "A certificate of the profile has expired: " + arn);
        }
        return profile;
    }

    private static List<Permission> needs(Caller caller, Profile profile, Repository repository) {
        var upload = Stream.of("InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload")
                .map(action -> Permissions.on(repository.registry(), repository.name(), action));
        return Stream.concat(Stream.of(profile.needed(caller)), upload).toList();
    }

    /// What was made before, and may be stored already, is no other one.
    private Made made(SigningTarget target, Profile profile) {
        var cover = means.vault().cover(target.repository());
        return means.metadata()
                .read(tx -> tx.signings().made(target.signing(), cover))
                .orElseGet(() -> {
                    var image = SignatureImage.make(
                            profile.key(),
                            profile.format(),
                            target.descriptor(),
                            means.clock().instant());
                    var fresh = new Made(image.manifest(), image.envelope());
                    return means.metadata().transact(tx -> {
                        tx.signings().keep(target.signing(), fresh, cover);
                        return fresh;
                    });
                });
    }

    private boolean isThere(Repository repository, Digest layer) {
        return means.metadata().read(tx -> tx.layers().find(repository, List.of(layer))).values().stream()
                .anyMatch(found -> found.isWhole());
    }

    private void bring(Caller caller, Repository repository, byte[] bytes) {
        means.layers().bring(caller, repository, SignatureImage.digest(bytes), new Content.Bytes(bytes), () -> {});
    }

    private void put(Caller caller, Repository repository, Made made) {
        var input = new PutImage.Input(
                repository.registry().account(),
                repository.name(),
                made.manifest(),
                MediaType.OCI_MANIFEST.value(),
                null,
                made.manifest().digest(Digest.Algorithm.SHA256));
        means.door().call(caller, Law.OCI, means.putImage(), input);
    }
}

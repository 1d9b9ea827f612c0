package entrepot.store;

import entrepot.domain.Digest;
import entrepot.domain.ImageChange;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Pusher;
import entrepot.domain.RegistryId;
import entrepot.domain.SigningProfileArn;
import entrepot.domain.SigningRules;
import entrepot.domain.SigningStatus;
import entrepot.domain.StoredImage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// By which profiles registries' images are signed, the pushes that may be to be signed, written down in their
/// transactions, and how it fares with each signature. docs/decisions/0046-signing.md has the order.
public interface Signings {

    /// Empty where there is no configuration, which is not one without rules.
    Optional<SigningRules> rules(RegistryId registry);

    void putRules(RegistryId registry, SigningRules rules);

    void removeRules(RegistryId registry);

    /// Writes the push down, if its registry has rules. It says who pushed.
    void pushed(ImageChange push);

    /// A push of which nobody has decided yet by which profiles it is signed.
    ///
    /// @param image its id
    /// @param repository the id of its repository
    /// @param id among those of its form
    /// @param rules that were in force when it was pushed
    /// @param isOld whether the version before wrote it, or the rules that it is by
    record Push(
            long id,
            long image,
            long repository,
            Digest digest,
            Pusher pusher,
            SigningRules rules,
            Instant at,
            boolean isOld) {}

    /// The first ones, but for those of images of which a signature is being made for another push.
    List<Push> pushes(int limit);

    /// Those of one image.
    List<Push> pushes(StoredImage image);

    /// It has been decided.
    void settle(Push push);

    /// How it fares with the signature of an image by a profile.
    ///
    /// @param code of why it failed; null if it did not
    /// @param reason the same, in words
    /// @param signature the image that it is stored as; null as long as there is none
    record State(
            SigningProfileArn profile,
            SigningStatus status,
            @Nullable String code,
            @Nullable String reason,
            @Nullable Digest signature) {}

    /// All signatures of an image, in the order of profiles.
    List<State> states(StoredImage image);

    /// A signature to be made.
    ///
    /// @param image the id of what is signed
    /// @param repository the id of its repository
    /// @param pushedAt when that was pushed which is signed for this
    /// @param tries how often it has failed
    record Signing(
            long image,
            long repository,
            Digest digest,
            SigningProfileArn profile,
            Pusher pusher,
            Instant pushedAt,
            int tries) {}

    /// Has a signature made by this profile, at once, in place of any that failed or is not there any more.
    void request(Push push, SigningProfileArn profile, Instant now);

    /// Those to be made that are due, the longest due first; those too that are due later than any can be, since
    /// a clock was set back.
    List<Signing> due(Instant now, Instant latest, int limit);

    /// How many signatures are to be made, and pushes to be decided of, but no more than `most` of each.
    long waiting(int most);

    /// A signature that has been made and may not be stored yet.
    ///
    /// @param manifest of the image that it is to be stored as
    /// @param envelope that image's layer
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Made(ManifestBytes manifest, byte[] envelope) {}

    /// Keeps it, so that nobody makes another one. It lies under the repository's cover.
    void keep(Signing signing, Made made, Cover cover);

    Optional<Made> made(Signing signing, Cover cover);

    /// It could not be made, or stored, now.
    void postpone(Signing signing, Instant due);

    /// It is stored.
    void complete(Signing signing);

    /// It is not to be had.
    void fail(Signing signing, String code, String reason);

    /// What it is for is not there any more.
    void drop(Signing signing);

    /// Nothing of this image is to be signed or shown any more.
    void forget(StoredImage image);
}

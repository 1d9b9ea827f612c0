package entrepot.store;

import entrepot.domain.RegistryId;
import entrepot.domain.ResourceTag;
import entrepot.domain.Secret;
import entrepot.domain.SecretArn;
import entrepot.domain.SecretValue;
import entrepot.domain.SecretVersion;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The secrets of Secrets Manager, with their versions, values, policies and tags.
public interface Secrets {

    Optional<Secret> find(RegistryId home, String name);

    /// By its whole ARN.
    default Optional<Secret> find(SecretArn arn) {
        return arn.name()
                .flatMap(name -> find(arn.home(), name))
                .filter(secret -> secret.arn().equals(arn));
    }

    /// Stores a secret without any version.
    void create(Secret secret);

    /// Gives the secret of this id the description, deletion and times of `secret`.
    void update(Secret secret);

    /// Removes a secret with everything that belongs to it.
    void delete(Secret secret);

    /// Those whose time has come, the earliest first.
    List<Secret> toDelete(Instant now, int limit);

    /// In what order secrets are listed, by which the order of names decides between equals.
    enum Order {
        NAME,
        CREATED
    }

    /// A part of a list.
    ///
    /// @param isDescending whether the last one comes first
    /// @param after what to go on after; null for the first ones
    record Part(Order order, boolean isDescending, @Nullable Place after, int limit) {}

    /// A place in a list.
    record Place(Instant created, String name) {}

    List<Secret> list(RegistryId home, Part part);

    /// The newest first; of one moment in the order of ids.
    List<SecretVersion> versions(Secret secret);

    /// Empty if there is no such version.
    Optional<SecretValue> value(Secret secret, String version);

    /// Adds a version without a label. Its value lies sealed.
    void addVersion(Secret secret, String version, SecretValue value, Instant now);

    /// Removes a version with its labels. Removing an absent one is not an error.
    void deleteVersion(Secret secret, String version);

    /// Notes the day that the value of a version was asked for.
    void noteAccess(Secret secret, String version, Instant day);

    /// Puts a label at a version, which no other version has then.
    void putStage(Secret secret, String stage, String version);

    /// As a text that its writer has found well-formed; empty if there is none.
    Optional<String> policy(Secret secret);

    /// In place of any that there is.
    ///
    /// @param document null to take it away
    void putPolicy(Secret secret, @Nullable String document);

    /// In the order of keys.
    List<ResourceTag> tags(Secret secret);

    /// Adds the tags; one with the key of an existing tag takes its place.
    void putTags(Secret secret, Collection<ResourceTag> tags);

    /// Removing an absent one is not an error.
    void removeTags(Secret secret, Collection<String> names);
}

package entrepot.server;

import entrepot.config.ConfigException;
import entrepot.config.SigningProfiles;
import entrepot.notation.BadKeyException;
import entrepot.notation.Format;
import entrepot.notation.SigningKey;
import entrepot.signing.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What images can be signed by, by the configuration.
final class Profiles {

    private Profiles() {}

    /// @throws ConfigException if nobody would believe what one of them signs now
    static List<Profile> open(SigningProfiles configured, Instant now) {
        var profiles = new ArrayList<Profile>();
        for (int i = 0; i < configured.all().size(); i++) {
            profiles.add(open(i, configured.all().get(i), now));
        }
        return profiles;
    }

    private static Profile open(int place, SigningProfiles.Profile profile, Instant now) {
        try {
            var key = SigningKey.read(profile.key(), profile.chain(), now);
            return new Profile(profile.arn(), key, format(profile.format()), profile.accounts());
        } catch (BadKeyException e) {
            var name = switch (e.part()) {
                case KEY -> "key-file";
                case CHAIN -> "certificate-chain-file";
            };
            throw new ConfigException("signing.profiles.%d.%s: %s".formatted(place, name, e.getMessage()));
        }
    }

    private static Format format(SigningProfiles.Format format) {
        return switch (format) {
            case JWS -> Format.JWS;
            case COSE -> Format.COSE;
        };
    }
}

package entrepot.config;

import entrepot.domain.AccountId;
import entrepot.domain.SigningProfileArn;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the configuration file lists under `signing.profiles`: by what images can be signed here.
public record SigningProfiles(List<Profile> all) {

    static final SigningProfiles NONE = new SigningProfiles(List.of());

    /// How a signature is written down.
    public enum Format {
        JWS,
        COSE
    }

    /// One of them.
    ///
    /// @param key a file with its private key
    /// @param chain a file with the certificates of the key, up to their root
    /// @param accounts those besides its own whose users may sign by it
    public record Profile(SigningProfileArn arn, Path key, Path chain, Format format, Set<AccountId> accounts) {}

    public SigningProfiles {
        all = List.copyOf(all);
    }

    /// Takes out of the file's keys those that are about profiles.
    ///
    /// @throws ConfigException if one is unknown or its value is bad, or if a profile is listed twice
    static SigningProfiles take(Map<String, String> file) {
        var items = Items.take("signing.profiles", file);
        var all = items.all(at -> profile(items, at));
        var seen = new HashSet<SigningProfileArn>();
        for (int i = 0; i < all.size(); i++) {
            if (!seen.add(all.get(i).arn())) {
                throw new ConfigException("signing.profiles.%d: is the same profile as one before".formatted(i));
            }
        }
        return new SigningProfiles(all);
    }

    private static Profile profile(Items items, String at) {
        if (items.optional(at + ".key").isPresent()) {
            throw new ConfigException(at + ".key: no key of a key service can sign here; key-file names one that can");
        }
        return new Profile(
                items.required(at + ".arn", SigningProfiles::arn),
                Path.of(items.required(at + ".key-file")),
                Path.of(items.required(at + ".certificate-chain-file")),
                items.optional(at + ".format", SigningProfiles::format).orElse(Format.JWS),
                items.optional(at + ".accounts", SigningProfiles::accounts).orElse(Set.of()));
    }

    private static SigningProfileArn arn(String text) {
        return SigningProfileArn.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be such as arn:aws:signer:eu-west-1:000000000000:/signing-profiles/ci"));
    }

    private static Format format(String text) {
        return switch (text) {
            case "jws" -> Format.JWS;
            case "cose" -> Format.COSE;
            default -> throw new IllegalArgumentException("must be jws or cose");
        };
    }

    private static Set<AccountId> accounts(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(SigningProfiles::account)
                .collect(Collectors.toSet());
    }

    private static AccountId account(String text) {
        if (!AccountId.isId(text)) {
            throw new IllegalArgumentException("must be accounts of twelve digits");
        }
        return new AccountId(text);
    }
}

package entrepot.aws.protocol;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Digest;
import entrepot.domain.ImageError;
import entrepot.domain.JsonAloneError;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.TemplatePrefix;
import entrepot.domain.UploadId;
import entrepot.domain.UserName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/// Makes values of texts, by their own constructors. What a value refuses is told at the member's own name.
final class InputValues {

    private static final Map<Class<?>, Function<String, Object>> VALUES = Map.of(
            String.class, text -> text,
            RepositoryName.class, RepositoryName::new,
            Tag.class, Tag::new,
            Digest.class, Digest::parse,
            UploadId.class, UploadId::new,
            AccountId.class, AccountId::new,
            UserName.class, UserName::new,
            Arn.class, Arn::new,
            TemplatePrefix.class, TemplatePrefix::new,
            ManifestBytes.class, InputValues::manifest);

    private static final String DIGEST = "must satisfy regular expression 'sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}'";

    private InputValues() {}

    /// A type that is not among the values is an enum, whose constants are the model's.
    static Object of(Class<?> type, String text, String name) {
        var value = VALUES.get(type);
        try {
            return value == null ? constant(type, text) : value.apply(text);
        } catch (RegistryException e) {
            throw e.error() instanceof RepositoryError.InvalidDigest ? invalid(name, DIGEST) : e;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the model's values were checked; ours are the same ones
    private static Object constant(Class<?> type, String text) {
        return Enum.valueOf((Class<? extends Enum>) type, text);
    }

    /// Its digest is over UTF-8, which has no form for half a surrogate pair.
    private static ManifestBytes manifest(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new RegistryException(
                    ImageError.InvalidManifest.SYNTAX.because("The text has half of a surrogate pair"));
        }
        return ManifestBytes.ofText(text);
    }

    private static RegistryException invalid(String parameter, String constraint) {
        return new RegistryException(new JsonAloneError.InvalidParameter(parameter, constraint));
    }
}

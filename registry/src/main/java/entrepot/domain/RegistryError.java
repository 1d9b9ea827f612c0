package entrepot.domain;

/// Everything that a caller can be told went wrong with an operation. They are of six kinds, by which surface has
/// words for them: a new one of [BothDoorsError] or [EveryApiError] does not compile until those surfaces have said
/// how, and one of the others needs no more than its record. A record's name with `Exception` behind it is ECR's
/// name for it, and its message is ECR's text.
///
/// Sources: the errors of each operation in the ECR API reference; texts that only the live service shows are
/// noted in docs/operations.md.
public sealed interface RegistryError
        permits BothDoorsError, EveryApiError, JsonAloneError, IamError, KmsError, SecretsError {

    String message();

    /// ECR's name of the error, such as `RepositoryNotFoundException`.
    default String type() {
        return getClass().getSimpleName() + "Exception";
    }

    /// What is wrong where ECR's text does not say it; empty where that says all.
    default String explanation() {
        return "";
    }
}

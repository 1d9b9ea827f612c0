package entrepot.auth;

/// Who is asking.
///
/// @param arn such as `arn:aws:iam::000000000000:root`
/// @param accessKeyId the key that proved it
public record Principal(String account, String arn, String accessKeyId) {}

package entrepot.auth;

import entrepot.domain.Arn;

/// One thing that a call must be allowed to do.
///
/// @param account the account that owns the resource
/// @param action an IAM action, such as `ecr:PutImage`
public record Permission(String account, String action, Arn resource) {}

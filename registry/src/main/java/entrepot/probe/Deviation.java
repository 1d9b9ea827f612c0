package entrepot.probe;

/// Something that is not as it is of ECR.
///
/// @param operation or, of `/v2`, the request
/// @param point what was asked
/// @param expected of ECR
/// @param found in short
public record Deviation(String operation, String point, String expected, String found) {}

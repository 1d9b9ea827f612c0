package entrepot.domain;

import java.util.List;

/// A vulnerability in a package of an image. Texts are empty where nothing is known.
///
/// @param name such as `CVE-2023-0001`
/// @param uri where more is told of it
/// @param source who says so
/// @param fixedVersion the first one without it
public record Finding(
        String name,
        Severity severity,
        String description,
        String uri,
        String source,
        Affected affected,
        String fixedVersion,
        List<Cvss> scores) {

    public Finding {
        scores = List.copyOf(scores);
    }

    /// A package that has it.
    ///
    /// @param manager what kind of package it is, such as `deb`
    /// @param layer the digest of the layer that brought it
    public record Affected(String name, String version, String manager, String layer, String path) {}

    /// How bad it is by the Common Vulnerability Scoring System.
    ///
    /// @param version of that system, such as `3.1`
    public record Cvss(String source, String version, String vector, double score) {}
}

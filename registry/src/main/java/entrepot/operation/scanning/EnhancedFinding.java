package entrepot.operation.scanning;

import static entrepot.operation.scanning.FindingsView.filled;
import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Digest;
import entrepot.domain.Finding;
import entrepot.domain.RepositoryName;
import entrepot.domain.Severity;
import entrepot.domain.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// ECR's `EnhancedImageScanFinding`.
public record EnhancedFinding(
        AccountId awsAccountId,
        @Nullable String description,
        Arn findingArn,
        Instant firstObservedAt,
        Instant lastObservedAt,
        Details packageVulnerabilityDetails,
        Remediation remediation,
        List<Resource> resources,
        @Nullable Double score,
        @Nullable ScoreDetails scoreDetails,
        String severity,
        String status,
        String title,
        String type,
        Instant updatedAt,
        String fixAvailable) {

    /// ECR's `PackageVulnerabilityDetails`.
    public record Details(
            List<Cvss> cvss,
            List<String> referenceUrls,
            List<String> relatedVulnerabilities,
            @Nullable String source,
            @Nullable String sourceUrl,
            String vendorSeverity,
            String vulnerabilityId,
            List<Affected> vulnerablePackages) {}

    /// ECR's `CvssScore`.
    public record Cvss(double baseScore, String scoringVector, String source, String version) {
        static Cvss of(Finding.Cvss score) {
            return new Cvss(score.score(), score.vector(), score.source(), score.version());
        }
    }

    /// ECR's `VulnerablePackage`.
    public record Affected(
            @Nullable String filePath,
            String name,
            @Nullable String packageManager,
            @Nullable String sourceLayerHash,
            String version,
            @Nullable String fixedInVersion) {}

    /// ECR's `Remediation`.
    public record Remediation(Recommendation recommendation) {}

    /// ECR's `Recommendation`.
    public record Recommendation(String text) {}

    /// ECR's `Resource`.
    public record Resource(ResourceDetails details, String id, Map<String, String> tags, String type) {}

    /// ECR's `ResourceDetails`.
    public record ResourceDetails(ContainerImage awsEcrContainerImage) {}

    /// ECR's `AwsEcrContainerImageDetails`.
    public record ContainerImage(
            Digest imageHash,
            List<Tag> imageTags,
            Instant pushedAt,
            AccountId registry,
            RepositoryName repositoryName) {}

    /// ECR's `ScoreDetails`.
    public record ScoreDetails(CvssDetails cvss) {}

    /// ECR's `CvssScoreDetails`.
    public record CvssDetails(double score, String scoreSource, String scoringVector, String version) {}

    static EnhancedFinding of(DescribeImageScanFindings.Found found, Instant at, Finding finding) {
        var registry = found.repository().registry();
        var best = finding.scores().stream().findFirst();
        return new EnhancedFinding(
                registry.account(),
                filled(finding.description()),
                arn(found, finding),
                at,
                at,
                details(finding),
                new Remediation(new Recommendation("None Provided")),
                List.of(resource(found)),
                best.map(Finding.Cvss::score).orElse(null),
                best.map(EnhancedFinding::scoreDetails).orElse(null),
                severity(finding),
                "ACTIVE",
                finding.name() + " - " + finding.affected().name(),
                "PACKAGE_VULNERABILITY",
                at,
                finding.fixedVersion().isEmpty() ? "NO" : "YES");
    }

    /// The same for the same vulnerability of the same package of an image.
    private static Arn arn(DescribeImageScanFindings.Found found, Finding finding) {
        var registry = found.repository().registry();
        var about = "%s@%s %s %s %s"
                .formatted(
                        found.repository().arn(),
                        found.image().digest(),
                        finding.name(),
                        finding.affected().name(),
                        finding.affected().path());
        var id = UUID.nameUUIDFromBytes(about.getBytes(UTF_8)).toString().replace("-", "");
        return new Arn("arn:%s:inspector2:%s:%s:finding/%s"
                .formatted(registry.partition(), registry.region(), registry.account(), id));
    }

    private static String severity(Finding finding) {
        return finding.severity() == Severity.UNDEFINED
                ? "UNTRIAGED"
                : finding.severity().name();
    }

    private static Details details(Finding finding) {
        return new Details(
                finding.scores().stream().map(Cvss::of).toList(),
                Stream.of(finding.uri()).filter(uri -> !uri.isEmpty()).toList(),
                List.of(),
                filled(finding.source()),
                filled(finding.uri()),
                severity(finding),
                finding.name(),
                List.of(affected(finding)));
    }

    private static Affected affected(Finding finding) {
        var affected = finding.affected();
        return new Affected(
                filled(affected.path()),
                affected.name(),
                filled(affected.manager()),
                filled(affected.layer()),
                affected.version(),
                filled(finding.fixedVersion()));
    }

    private static ScoreDetails scoreDetails(Finding.Cvss score) {
        return new ScoreDetails(new CvssDetails(score.score(), score.source(), score.vector(), score.version()));
    }

    private static Resource resource(DescribeImageScanFindings.Found found) {
        var repository = found.repository();
        var image = new ContainerImage(
                found.image().digest(),
                found.tags(),
                found.image().pushedAt(),
                repository.registry().account(),
                repository.name());
        return new Resource(
                new ResourceDetails(image),
                repository.arn() + "/" + found.image().digest(),
                Map.of(),
                "AWS_ECR_CONTAINER_IMAGE");
    }
}

package entrepot.operation.scanning;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.ImageScan;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.ScanStatus;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.Severity;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.Operation;
import entrepot.operation.PageSize;
import entrepot.operation.PageToken;
import entrepot.operation.Permissions;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.image.NamedImage;
import entrepot.operation.image.ScanStatusView;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import entrepot.store.Scans.Finding;
import entrepot.store.Scans.Place;
import entrepot.store.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a scan found in an image, the worst first, page by page, or how far the scan is. What the other type of
/// scanning found than the registry has now is not shown. Source: ECR API, DescribeImageScanFindings.
public final class DescribeImageScanFindings
        implements Operation<DescribeImageScanFindings.Input, DescribeImageScanFindings.Output> {

    private static final String PAGE = "scan-findings";

    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            ImageIdentifier imageId,
            @Nullable String nextToken,
            @Nullable Integer maxResults) {}

    /// A page of it.
    ///
    /// @param imageScanFindings null unless the scan came to an end in order
    public record Output(
            AccountId registryId,
            RepositoryName repositoryName,
            ImageId imageId,
            ScanStatusView imageScanStatus,
            @Nullable FindingsView imageScanFindings,
            @Nullable String nextToken) {}

    private final MetadataStore metadata;
    private final Vault vault;

    DescribeImageScanFindings(MetadataStore metadata, Vault vault) {
        this.metadata = metadata;
        this.vault = vault;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    /// A thousand findings.
    @Override
    public long memory(long inputLength) {
        return 16L << 20;
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var size = PageSize.of(law, input.maxResults());
        var token = PageToken.parse(input.nextToken());
        var found = metadata.read(tx -> found(tx, caller, input));
        if (!found.status().status().hasFindings() || found.scan() == null) {
            return output(found, input, null, null);
        }
        var scan = found.scan();
        var begin = token == null ? Page.start(scan) : token.key(PAGE, text -> Page.parse(text, scan));
        var cover = vault.cover(found.repository());
        var findings = metadata.ask(tx -> tx.scans().findings(scan, begin.after(), size + 1, cover));
        var shown = findings.subList(0, Math.min(size, findings.size()));
        var next = shown.size() < findings.size()
                ? new PageToken(PAGE, new Page(scan.id(), Page.place(shown.getLast())).toString()).toString()
                : null;
        return output(found, input, FindingsView.of(found, shown), next);
    }

    /// Where a page begins, in the findings of one scan: another one has others.
    private record Page(long scan, Place after) {

        static Page start(ImageScan scan) {
            return new Page(scan.id(), Place.START);
        }

        static Place place(Finding finding) {
            return new Place(finding.severity(), finding.place());
        }

        static Page parse(String text, ImageScan scan) {
            var parts = text.split("/", -1);
            if (parts.length != 3 || Long.parseLong(parts[0]) != scan.id()) {
                throw PageToken.invalid();
            }
            return new Page(scan.id(), new Place(Severity.valueOf(parts[1]), Integer.parseInt(parts[2])));
        }

        @Override
        public String toString() {
            return scan + "/" + after.severity() + "/" + after.place();
        }
    }

    /// What is known of an image.
    ///
    /// @param scan null where it is to be asked for
    record Found(
            Repository repository,
            StoredImage image,
            List<Tag> tags,
            ScanStatusView status,
            @Nullable ImageScan scan) {}

    private static Found found(Transaction tx, Caller caller, Input input) {
        var repository = RepositoryLookup.require(tx, caller.registry(input.registryId()), input.repositoryName());
        var image = NamedImage.require(tx, repository, input.imageId());
        var configuration = tx.scans().configuration(repository.registry());
        var tags = tx.images().tagsOf(repository, List.of(image)).getOrDefault(image.id(), List.of());
        var scan = tx.scans().shown(List.of(image)).get(image.id());
        if (configuration.of(repository).isOnPush() && tx.scans().isPushed(image)) {
            return new Found(repository, image, tags, waiting(configuration), null);
        }
        if (scan == null || scan.type() != configuration.type()) {
            throw absent(repository, image, input.imageId());
        }
        return new Found(repository, image, tags, ScanStatusView.of(scan), scan);
    }

    private static ScanStatusView waiting(ScanningConfiguration configuration) {
        return configuration.type() == ScanningConfiguration.Type.BASIC
                ? ScanStatusView.IN_PROGRESS
                : new ScanStatusView(ScanStatus.PENDING, null);
    }

    private static RegistryException absent(Repository repository, StoredImage image, ImageIdentifier id) {
        var digest = id.imageDigest() == null ? null : image.digest();
        return new RegistryException(new JsonAloneError.ScanNotFound(
                repository, digest, NamedImage.answer(image, id).imageTag()));
    }

    private static Output output(
            Found found, Input input, @Nullable FindingsView findings, @Nullable String nextToken) {
        return new Output(
                found.repository().registry().account(),
                found.repository().name(),
                NamedImage.answer(found.image(), input.imageId()),
                found.status(),
                findings,
                nextToken);
    }
}

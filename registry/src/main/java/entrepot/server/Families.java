package entrepot.server;

import entrepot.aws.Service;
import entrepot.oci.OciFamilies;
import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.cache.CacheMeans;
import entrepot.operation.cache.CacheOperations;
import entrepot.operation.history.HistoryOperations;
import entrepot.operation.identity.key.KeyOperations;
import entrepot.operation.identity.policy.PolicyOperations;
import entrepot.operation.identity.session.SessionOperations;
import entrepot.operation.identity.user.UserOperations;
import entrepot.operation.image.ImageOperations;
import entrepot.operation.key.alias.KeyAliasOperations;
import entrepot.operation.key.cryptography.KeyCryptographyOperations;
import entrepot.operation.key.grant.KeyGrantOperations;
import entrepot.operation.key.lifecycle.KeyLifecycleOperations;
import entrepot.operation.key.policy.KeyPolicyOperations;
import entrepot.operation.layer.LayerOperations;
import entrepot.operation.lifecycle.LifecycleOperations;
import entrepot.operation.registry.RegistryOperations;
import entrepot.operation.replication.ReplicationOperations;
import entrepot.operation.repository.RepositoryOperations;
import entrepot.operation.scanning.ScanningOperations;
import entrepot.operation.secret.SecretOperations;
import entrepot.operation.signing.SigningOperations;
import entrepot.operation.template.TemplateOperations;
import java.util.List;
import java.util.stream.Stream;

/// Every operation that there is, made once, and the services that they are of.
///
/// @param cache among them, what brings images from other registries
public record Families(
        OciFamilies oci,
        CacheOperations cache,
        Service ecr,
        Service iam,
        Service sts,
        Service kms,
        Service secrets,
        List<Family> all) {

    public Families {
        all = List.copyOf(all);
    }

    public List<Service> services() {
        return List.of(ecr, iam, sts, kms, secrets);
    }

    public static Families with(Means means, CacheMeans elsewhere) {
        var cache = CacheOperations.with(means, elsewhere);
        var oci = new OciFamilies(
                ImageOperations.with(means, cache.pulls()),
                LayerOperations.with(means, cache.pulls()),
                RepositoryOperations.with(means));
        var ecr = List.of(
                RegistryOperations.with(means),
                oci.repositories(),
                oci.images(),
                oci.layers(),
                LifecycleOperations.with(means),
                HistoryOperations.with(means),
                TemplateOperations.with(means),
                cache,
                ReplicationOperations.with(means),
                ScanningOperations.with(means),
                SigningOperations.with(means));
        var iam = List.of(UserOperations.with(means), KeyOperations.with(means), PolicyOperations.with(means));
        var sts = List.of(SessionOperations.make());
        var kms = List.of(
                KeyLifecycleOperations.with(means),
                KeyAliasOperations.with(means),
                KeyCryptographyOperations.with(means),
                KeyPolicyOperations.with(means),
                KeyGrantOperations.with(means));
        var secrets = List.of(SecretOperations.with(means));
        var all = Stream.of(ecr, iam, sts, kms, secrets)
                .<Family>flatMap(List::stream)
                .toList();
        return new Families(
                oci,
                cache,
                Service.ecr(ecr),
                Service.iam(iam),
                Service.sts(sts),
                Service.kms(kms),
                Service.secrets(secrets),
                all);
    }
}

package entrepot.store.awskms;

import entrepot.domain.Arn;
import entrepot.store.KeyServiceContract;
import java.net.URI;
import software.amazon.awssdk.services.kms.KmsClient;

/// The contract, held against a server that was not written here: `scripts/kms-test` starts one and names it by
/// `-Dkms.endpoint`. No test of `./test`, since that has no such server.
class AwsKeyServiceCheck extends KeyServiceContract {

    private static final AwsKms SERVER = new AwsKms(
            URI.create(System.getProperty("kms.endpoint")), null, new AwsKms.Credentials("AKIAEXAMPLE", "secret"));

    private final KmsClient owner = SERVER.client(REGISTRY.region());

    @Override
    protected AwsKeyService open() {
        return new AwsKeyService(SERVER);
    }

    @Override
    protected Arn create() {
        return new Arn(owner.createKey().keyMetadata().arn());
    }

    @Override
    protected void disable(Arn key) {
        owner.disableKey(ask -> ask.keyId(key.value()));
    }
}

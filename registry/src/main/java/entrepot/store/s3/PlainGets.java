package entrepot.store.s3;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/// Asks for objects over plain connections, so that what the sockets have is handed on as it is. It answers for no
/// failure: whatever is not the object as it was asked for is none of its business, and the SDK asks again.
///
/// @param address of the service
/// @param refusals of late: a clock that is wrong is set right by the SDK, and not here
record PlainGets(
        PlainConnections connections,
        URI address,
        String region,
        AwsCredentialsProvider credentials,
        Refusals refusals) {

    private static final Logger LOG = LoggerFactory.getLogger(PlainGets.class);
    private static final int FORBIDDEN = 403;
    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    PlainGets(PlainConnections connections, URI address, String region, AwsCredentialsProvider credentials) {
        this(connections, address, region, credentials, new Refusals(System::nanoTime));
    }

    /// The object, if it comes at once as it should.
    ///
    /// @param path of the bucket and the key, which needs no encoding
    Optional<Arriving> get(String path, @Nullable String range) {
        if (refusals.areMany()) {
            return Optional.empty();
        }
        PlainConnection connection = null;
        try {
            connection = connections.kept();
            if (connection == null) {
                connection = connections.connected();
            }
            connection.write(request(path, range));
            var head = connection.head();
            refusals.add(head.hasStatus(FORBIDDEN));
            if (head.isObject(range != null)) {
                return Optional.of(new PlainArriving(connections, connection, head));
            }
        } catch (SocketTimeoutException e) { // who has waited in vain has waited long enough
            end(connection);
            throw SdkClientException.create("S3 is silent", e);
        } catch (IOException | RuntimeException e) {
            LOG.debug("no object over a plain connection", e);
        }
        end(connection);
        return Optional.empty();
    }

    private void end(@Nullable PlainConnection connection) {
        if (connection != null) {
            connections.end(connection);
        }
    }

    private ByteBuffer request(String path, @Nullable String range) {
        var unsigned =
                SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(address).encodedPath(path);
        if (range != null) {
            unsigned.putHeader("Range", range);
        }
        var signed = SIGNER.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(unsigned.build())
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
        return PlainHead.of(signed.request());
    }
}

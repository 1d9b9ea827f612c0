package entrepot.store.s3;

import java.io.IOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/// Takes no answer whose status was cut. The JDK's client makes nothing of such a status, and the SDK says of that what
/// it says of wrong use, and does not ask again.
///
/// @param jdk the SDK's client over the JDK's; of any other, IllegalArgumentException would mean something else
record WholeStatuses(SdkHttpClient jdk) implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        var prepared = jdk.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                try {
                    return prepared.call();
                } catch (IllegalArgumentException e) {
                    prepared.abort();
                    throw new IOException("the status of an answer was cut", e);
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public void close() {
        jdk.close();
    }

    @Override
    public String clientName() {
        return jdk.clientName();
    }
}

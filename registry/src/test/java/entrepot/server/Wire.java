package entrepot.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// A client that can call the server by any name, and sign as anybody at any time, which the SDK's clients cannot.
///
/// @param host what it calls the server
public record Wire(int port, String host) {

    /// A connection for each request.
    public WireAnswer send(String method, String path, List<String> headers, String body) throws IOException {
        var head =
                new StringBuilder("%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n".formatted(method, path, host));
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (!body.isEmpty() || !method.equals("GET")) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((head + "\r\n" + body).getBytes(ISO_8859_1));
            return WireAnswer.parse(new String(socket.getInputStream().readAllBytes(), UTF_8));
        }
    }

    /// An operation of ECR's, with these headers besides the usual.
    public static Map<String, String> json(String operation) {
        return Map.of(
                "X-Amz-Target",
                "AmazonEC2ContainerRegistry_V20150921." + operation,
                "Content-Type",
                "application/x-amz-json-1.1");
    }

    public WireAnswer post(List<String> headers, String body) throws IOException {
        return send("POST", "/", headers, body);
    }

    /// The header lines of a POST that is signed.
    public List<String> sign(
            AwsCredentialsIdentity key, String service, Map<String, String> headers, String body, Clock clock) {
        return sign(key, service, "us-east-1", headers, body, clock);
    }

    /// The same, in another region.
    public List<String> sign(
            AwsCredentialsIdentity key,
            String service,
            String region,
            Map<String, String> headers,
            String body,
            Clock clock) {
        var request = SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(URI.create("http://" + host + "/"));
        headers.forEach(request::putHeader);
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(key)
                        .request(request.build())
                        .payload(() -> new ByteArrayInputStream(body.getBytes(UTF_8)))
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        var lines = new ArrayList<String>();
        signed.request().forEachHeader((name, values) -> values.forEach(value -> lines.add(name + ": " + value)));
        lines.removeIf(line -> line.startsWith("Host: "));
        return lines;
    }
}

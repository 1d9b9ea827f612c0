package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/// Makes whole requests to Entrepot's APIs, signed (AWS Signature Version 4), so that nothing is left to compute while
/// the clock runs.
/// A signature holds for 15 minutes.
///
/// @param host as the Host header names the server
/// @param region whose registry is meant
record AwsSigner(String accessKey, String secret, String host, String region) {
    private static final String SIGNED = "content-type;host;x-amz-date;x-amz-target";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /// @param file in the shared-credentials format
    static AwsSigner read(Path file, String host) throws IOException {
        var text = Files.readString(file);
        return new AwsSigner(value(text, "aws_access_key_id"), value(text, "aws_secret_access_key"), host, "us-east-1");
    }

    AwsSigner in(String otherRegion) {
        return new AwsSigner(accessKey, secret, host, otherRegion);
    }

    private static String value(String text, String key) throws IOException {
        var matcher = Pattern.compile("(?m)^" + key + "\\s*=\\s*(\\S+)").matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + key + " among the credentials");
        }
        return matcher.group(1);
    }

    byte[] sign(String operation, String body) {
        return sign("ecr", "AmazonEC2ContainerRegistry_V20150921." + operation, body);
    }

    /// @param target as the header X-Amz-Target names an operation of the service
    byte[] sign(String service, String target, String body) {
        var time = TIME.format(Instant.now());
        var headers = headers(target, time);
        var canonical = "POST\n/\n\n" + headers.replace("\r\n", "\n") + "\n" + SIGNED + "\n" + hash(body);
        var scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        var toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hash(canonical);
        var signature = Hash.hex(Hash.hmac(key(time.substring(0, 8), service), toSign));
        return """
                POST / HTTP/1.1\r
                %sAuthorization: AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s\r
                Content-Length: %d\r
                \r
                %s""".formatted(headers, accessKey, scope, SIGNED, signature, body.length(), body)
                .getBytes(UTF_8);
    }

    private String headers(String target, String time) {
        return """
                content-type:application/x-amz-json-1.1\r
                host:%s\r
                x-amz-date:%s\r
                x-amz-target:%s\r
                """.formatted(host, time, target);
    }

    private byte[] key(String day, String service) {
        var key = ("AWS4" + secret).getBytes(UTF_8);
        for (var part : new String[] {day, region, service, "aws4_request"}) {
            key = Hash.hmac(key, part);
        }
        return key;
    }

    private static String hash(String text) {
        return Hash.sha256(text.getBytes(UTF_8));
    }
}

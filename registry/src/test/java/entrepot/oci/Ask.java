package entrepot.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.Content;
import entrepot.http.Client;
import entrepot.http.HttpHeaders;
import entrepot.http.HttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// One request as it is made up and sent.
record Ask(OciRegistry registry, String method, String target, HttpHeaders headers, Content body) {

    Ask with(String header, String value) {
        return new Ask(registry, method, target, headers.with(header, value), body);
    }

    Ask at(String host) {
        var lines = headers.lines().stream()
                .map(line -> line.name().equals("Host") ? new HttpHeaders.Line("Host", host) : line)
                .toList();
        return new Ask(registry, method, target, new HttpHeaders(lines), body);
    }

    Ask body(byte[] bytes) {
        return body(new Content.Bytes(bytes));
    }

    Ask body(String text) {
        return body(text.getBytes(UTF_8));
    }

    Ask body(Content content) {
        return new Ask(registry, method, target, headers, content);
    }

    /// As with `Transfer-Encoding: chunked`.
    Ask streamed(byte[] bytes) {
        return body(new Streamed(bytes, Integer.MAX_VALUE));
    }

    /// As if the connection were cut after so many bytes.
    Ask brokenOff(byte[] bytes, int after) {
        return body(new Streamed(bytes, after));
    }

    Reply send() {
        try {
            return sent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply sent() throws IOException {
        var question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        var query = question < 0 ? "" : target.substring(question + 1);
        return new Reply(
                registry.answer(new HttpRequest(method, path, query, headers, body, new Client("127.0.0.1", false))));
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares contents
    private record Streamed(byte[] bytes, int breaksAfter) implements Content {
        @Override
        public long length() {
            return -1;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            target.write(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, breaksAfter)));
            if (breaksAfter < bytes.length) {
                throw new IOException("the connection was cut");
            }
        }
    }
}

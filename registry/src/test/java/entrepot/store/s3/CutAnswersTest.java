package entrepot.store.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.NoSuchBlobException;
import entrepot.store.PieceRows;
import entrepot.store.Pieces;
import entrepot.store.StoreAwayException;
import entrepot.store.TestStores;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A line to S3 that breaks amid an answer, at whichever byte.
class CutAnswersTest {

    private static final String BYTES = "the bytes of a blob, all of them";
    private static final String WHOLE = """
            HTTP/1.1 200 OK\r
            Server: test\r
            Content-Length: 32\r
            ETag: "0123456789abcdef"\r
            \r
            """ + BYTES;
    private static final String REST = """
            HTTP/1.1 206 Partial Content\r
            Content-Length: 30\r
            Content-Range: bytes 2-31/32\r
            ETag: "0123456789abcdef"\r
            \r
            """ + BYTES.substring(2);
    private static final String PUT = """
            HTTP/1.1 200 OK\r
            Content-Length: 0\r
            ETag: "0123456789abcdef"\r
            \r
            """;
    private static final String BEGUN = """
            HTTP/1.1 200 OK\r
            Content-Length: 118\r
            \r
            <InitiateMultipartUploadResult><Bucket>b</Bucket><Key>k</Key><UploadId>1</UploadId></InitiateMultipartUploadResult>\
            """;

    private static final String SIZE = """
            HTTP/1.1 200 OK\r
            Accept-Ranges: bytes\r
            Content-Length: 1234567\r
            Last-Modified: Mon, 30 Nov 2026 10:34:56 GMT\r
            ETag: "0123456789abcdef"\r
            Content-Type: application/octet-stream\r
            \r
            """;

    private static final String COMPLETED = """
            HTTP/1.1 200 OK\r
            Content-Length: 109\r
            \r
            <CompleteMultipartUploadResult><Bucket>b</Bucket><Key>k</Key><ETag>"1"</ETag></CompleteMultipartUploadResult>\
            """;

    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)");

    @AutoClose
    private final MetadataStore metadata = TestStores.metadata();

    @TempDir
    Path spool;

    private final BlobKey key = UploadId.random(Instant.now()).blobKey();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private ServerSocket server;
    private BlobStore store;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        var address = URI.create("http://127.0.0.1:" + server.getLocalPort());
        var endpoint = new S3Place.Endpoint(address, "us-east-1", true, Duration.ofSeconds(60));
        var place = new S3Place("bucket", "", endpoint, new S3Place.Credentials("id", "secret"), null, false);
        store = TestS3.store(place, metadata, spool, Watch.NOBODY);
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        server.close();
    }

    @Test
    void bytes_are_read_right_wherever_their_answer_was_cut() throws IOException {
        for (int at = 0; at < WHOLE.length(); at += 3) {
            answers.clear();
            answers.add(WHOLE.substring(0, at));
            answers.add(at > WHOLE.length() - 32 ? wholeFrom(at - WHOLE.length() + 32) : WHOLE);
            // where the number of bytes was cut, the size is asked for too
            answers.add(WHOLE);

            assertThat(read(0)).as("cut at %d", at).isEqualTo(BYTES);
        }
    }

    @Test
    void a_range_is_read_right_wherever_its_head_was_cut() throws IOException {
        for (int at = 0; at <= REST.indexOf(BYTES.substring(2)); at += 3) {
            answers.clear();
            answers.add(REST.substring(0, at));
            answers.add(REST);
            answers.add(REST);

            assertThat(read(2)).as("cut at %d", at).isEqualTo(BYTES.substring(2));
        }
    }

    @Test
    void a_part_has_its_tag_wherever_the_answer_was_cut() throws IOException {
        for (int at = 0; at < PUT.length() - 2; at += 5) {
            answers.clear();
            answers.addAll(List.of(BEGUN, PUT.substring(0, at), PUT));
            var blob = UploadId.random(Instant.now()).blobKey();
            store.create(blob);
            var progress = store.append(blob, Progress.NONE, new Content.Bytes(new byte[9 << 20]));

            assertThat(new Ledger(PieceRows.in(metadata))
                            .chain(blob, S3State.of(progress).lastPart()))
                    .as("cut at %d", at)
                    .extracting(Pieces.Piece::tag)
                    .containsExactly("\"0123456789abcdef\"");
        }
    }

    @Test
    void a_size_is_right_wherever_the_answer_was_cut() throws IOException {
        for (int at = 0; at < SIZE.length(); at++) {
            answers.clear();
            answers.addAll(List.of(SIZE.substring(0, at), SIZE));

            assertThat(store.size(key)).as("cut at %d", at).hasValue(1234567);
        }
    }

    /// What cannot be told, whoever pushes asks for again: nothing else comes of it.
    @Test
    void an_upload_has_ended_or_s3_is_away_wherever_the_answer_was_cut() throws IOException {
        for (int at = 0; at < COMPLETED.length(); at += 3) {
            answers.clear();
            answers.addAll(List.of(BEGUN, PUT));
            var blob = UploadId.random(Instant.now()).blobKey();
            store.create(blob);
            var progress = store.append(blob, Progress.NONE, new Content.Bytes(new byte[9 << 20]));
            answers.addAll(List.of(COMPLETED.substring(0, at), COMPLETED));

            assertThatCode(() -> sealOrNot(blob, progress)).as("cut at %d", at).doesNotThrowAnyException();
        }
    }

    private void sealOrNot(BlobKey blob, Progress progress) throws IOException {
        try {
            store.seal(blob, progress);
        } catch (StoreAwayException e) {
            assertThat(e).hasMessageContaining("S3 does not answer");
        }
    }

    /// As a server is at it that was asked over a line which broke.
    @Test
    void what_another_request_is_about_to_seal_is_waited_for() throws IOException {
        for (var refusal : List.of("404 Not Found\r\nX-Code: NoSuchUpload", "400 Bad Request\r\nX-Code: InvalidPart")) {
            answers.addAll(List.of(BEGUN, PUT));
            var blob = UploadId.random(Instant.now()).blobKey();
            store.create(blob);
            var progress = store.append(blob, Progress.NONE, new Content.Bytes(new byte[9 << 20]));
            answers.add(refused(refusal));
            answers.add("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            answers.add(SIZE.replace("1234567", Integer.toString(9 << 20)));

            store.seal(blob, progress);

            assertThat(answers).as(refusal).isEmpty();
        }
    }

    private static String refused(String head) {
        var code = head.substring(head.lastIndexOf(' ') + 1);
        var body = "<Error><Code>%s</Code><Message>No.</Message></Error>".formatted(code);
        return "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(head, body.length(), body);
    }

    @Test
    void an_upload_without_a_name_is_none() {
        answers.add(BEGUN.substring(0, BEGUN.indexOf("<Init")));

        assertThatThrownBy(() -> store.append(key, Progress.NONE, new Content.Bytes(new byte[9 << 20])))
                .isInstanceOf(StoreAwayException.class);
    }

    @Test
    void an_object_of_another_size_is_damaged() {
        answers.addAll(List.of(WHOLE, WHOLE));

        assertThatThrownBy(() -> store.open(key, 33, 0, 33).writeTo(Channels.newChannel(new ByteArrayOutputStream())))
                .isInstanceOf(NoSuchBlobException.class);
    }

    /// As it is answered by servers that say no length of what has no body.
    @Test
    void a_bucket_answers_without_a_length() {
        answers.add("HTTP/1.1 200 OK\r\nServer: test\r\n\r\n");

        assertThatCode(() -> store.check()).doesNotThrowAnyException();
    }

    @Test
    void an_object_without_a_length_has_no_size_yet() {
        answers.add("HTTP/1.1 200 OK\r\nServer: test\r\n\r\n");

        assertThatThrownBy(() -> store.size(key)).isInstanceOf(StoreAwayException.class);
    }

    private static String wholeFrom(int first) {
        return REST.replace("Content-Length: 30", "Content-Length: " + (32 - first))
                .replace("bytes 2-", "bytes " + first + "-")
                .replace(BYTES.substring(2), BYTES.substring(first));
    }

    private String read(int from) throws IOException {
        var read = new ByteArrayOutputStream();
        store.open(key, BYTES.length(), from, BYTES.length() - from).writeTo(Channels.newChannel(read));
        return read.toString(UTF_8);
    }

    /// An answer for each connection, which ends with it.
    private void serve() {
        while (!server.isClosed()) {
            try (var line = server.accept()) {
                answer(line);
            } catch (IOException e) {
                // the next one
            }
        }
    }

    private void answer(Socket line) throws IOException {
        var bytes = new BufferedInputStream(line.getInputStream());
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = bytes.read();
            if (next < 0) {
                return;
            }
            head.append((char) next);
        }
        if (head.toString().contains("Expect:")) {
            say(line, "HTTP/1.1 100 Continue\r\n\r\n");
        }
        bytes.skipNBytes(LENGTH.matcher(head)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum());
        var answer = answers.poll();
        say(line, answer == null ? "" : answer);
    }

    private static void say(Socket line, String words) throws IOException {
        line.getOutputStream().write(words.getBytes(ISO_8859_1));
        line.getOutputStream().flush();
    }
}

package entrepot.store.s3;

import entrepot.domain.Content;
import entrepot.store.ForeignFiles;
import entrepot.store.StoreAwayException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Objects of a bucket that somebody else fills, as files.
///
/// Source: Amazon S3 API.
public final class S3Files implements ForeignFiles {

    private static final int NOT_FOUND = 404;
    private static final int PIECE = 64 << 10;

    /// Answers that bring nothing, one after the other.
    private static final int TRIES = 3;

    private final S3Place place;
    private final S3Client client;
    private final Asking asking = new Asking(new Breaker(), Watch.NOBODY);

    private S3Files(S3Place place) {
        this.place = place;
        this.client = new Clients(place).client(List.of(), null);
    }

    /// Nothing is asked of S3 before it is needed.
    public static S3Files at(S3Place place) {
        return new S3Files(place);
    }

    @Override
    public List<String> list(String folder) throws IOException {
        var prefix = place.prefix() + (folder.isEmpty() ? "" : folder + "/");
        var names = ask("ListObjects", folder, () -> {
            var some = new ArrayList<String>(); // anew with each try
            client.listObjectsV2Paginator(
                            list -> list.bucket(place.bucket()).prefix(prefix).delimiter("/"))
                    .forEach(page -> {
                        page.contents().forEach(object -> some.add(object.key().substring(prefix.length())));
                        page.commonPrefixes()
                                .forEach(below -> some.add(below.prefix().substring(prefix.length())));
                    });
            return some;
        });
        names.removeIf(String::isEmpty); // some keep an object for the folder itself
        names.sort(null);
        return names;
    }

    @Override
    public Content open(String name) throws IOException {
        Long length = ask(
                        "HeadObject",
                        name,
                        () -> client.headObject(
                                head -> head.bucket(place.bucket()).key(place.prefix() + name)))
                .contentLength();
        if (length == null) {
            throw new StoreAwayException("S3 does not say how long an object is");
        }
        return new Opened(this, name, length);
    }

    private <T> T ask(String kind, String name, Asking.Call<T> call) throws IOException {
        try {
            return asking.ask(kind, call);
        } catch (S3Exception e) {
            var code = Asking.code(e);
            if (e.statusCode() == NOT_FOUND && !code.equals("NoSuchBucket")) {
                throw new NoSuchFileException(name);
            }
            throw new Refused(kind, e.statusCode(), code, e);
        }
    }

    private ResponseInputStream<GetObjectResponse> get(String name, long from) throws IOException {
        return ask(
                "GetObject",
                name,
                () -> client.getObject(get -> get.bucket(place.bucket())
                        .key(place.prefix() + name)
                        .range(from == 0 ? null : "bytes=%d-".formatted(from))));
    }

    /// Where an answer breaks off, the rest is asked for again.
    private record Opened(S3Files files, String name, long length) implements Content {

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            var tries = 0;
            for (long done = 0; done < length; ) {
                var came = pour(done, target);
                tries = came > 0 ? 0 : tries + 1;
                done += came;
                if (tries == TRIES) {
                    throw new StoreAwayException("S3 does not send the bytes of " + name);
                }
            }
        }

        /// How many bytes came before the answer ended.
        private long pour(long done, WritableByteChannel target) throws IOException {
            var answer = files.get(name, done);
            long came = 0;
            try {
                var piece = new byte[PIECE];
                for (int count; (count = read(answer, piece, length - done - came)) > 0; came += count) {
                    for (var bytes = ByteBuffer.wrap(piece, 0, count); bytes.hasRemaining(); ) {
                        target.write(bytes);
                    }
                }
                return came;
            } finally {
                answer.abort();
            }
        }

        private static int read(ResponseInputStream<?> answer, byte[] piece, long most) throws StoreAwayException {
            try {
                return most == 0 ? 0 : answer.read(piece, 0, (int) Math.min(most, piece.length));
            } catch (SocketTimeoutException e) {
                throw new StoreAwayException("S3 stopped sending");
            } catch (IOException e) {
                return 0;
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return "s3://%s/%s".formatted(place.bucket(), place.prefix());
    }
}

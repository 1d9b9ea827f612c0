package entrepot.upstream;

import entrepot.upstream.wire.Request;
import entrepot.upstream.wire.Response;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;

/// Where one blob is, asked from any byte on. What an answer says of its length must be what is known already.
final class BlobSource implements BlobStream.Source {

    /// Source: RFC 9110, 14.4.
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

    private static final long UNKNOWN = -1;

    private final Visits visits;
    private final URI url;
    private final String scope;
    private final long most;
    private long length;

    /// @param length of the whole, if it is known already; else -1
    /// @param most that it may be if it is not
    BlobSource(Visits visits, URI url, String scope, long length, long most) {
        this.visits = visits;
        this.url = url;
        this.scope = scope;
        this.length = length;
        this.most = most;
    }

    BlobStream from(long offset) throws UpstreamException {
        var first = open(offset);
        return new BlobStream(this, first, offset, length, most);
    }

    @Override
    public Response open(long offset) throws UpstreamException {
        var request = Request.get(url);
        var answer = visits.ask(offset == 0 ? request : request.with("Range", "bytes=" + offset + "-"), scope);
        try {
            if (answer.status() == 206) {
                requireRange(answer, offset);
            } else {
                learn(answer.length());
                skip(answer, offset);
            }
            return answer;
        } catch (IOException e) {
            answer.close();
            throw UpstreamException.of(e);
        }
    }

    private void requireRange(Response answer, long offset) throws UpstreamException {
        var range = CONTENT_RANGE.matcher(answer.header("content-range").orElse(""));
        if (!range.matches() || Long.parseLong(range.group(1)) != offset) {
            throw UpstreamException.malformed("the answer begins at another byte than was asked for");
        }
        learn(range.group(2).equals("*") ? UNKNOWN : Long.parseLong(range.group(2)));
    }

    private void learn(long said) throws UpstreamException {
        if (said != UNKNOWN && length != UNKNOWN && said != length) {
            throw UpstreamException.malformed("the blob has %d bytes, not %d".formatted(said, length));
        }
        if (said > most) {
            throw UpstreamException.malformed("the blob has %d bytes, more than %d".formatted(said, most));
        }
        length = said == UNKNOWN ? length : said;
    }

    /// A server need not know ranges (RFC 9110, 14.2).
    private static void skip(Response answer, long offset) throws IOException {
        if (offset > 0) {
            answer.body().skipNBytes(offset);
        }
    }
}

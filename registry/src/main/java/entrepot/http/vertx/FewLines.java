package entrepot.http.vertx;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/// Header lines or trailers, of which there may be only so many: each takes more memory than its bytes on the wire.
final class FewLines extends DefaultHttpHeaders {

    private final int most;
    private int lines;

    private FewLines(int most) {
        this.most = most;
    }

    /// For Netty's decoder, which refuses the head, or the body, when a line is one too many.
    static HttpHeadersFactory upTo(int most) {
        return new HttpHeadersFactory() {
            @Override
            public HttpHeaders newHeaders() {
                return new FewLines(most);
            }

            @Override
            public HttpHeaders newEmptyHeaders() {
                return new FewLines(most);
            }
        };
    }

    int lines() {
        return lines;
    }

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        count();
        return super.add(name, value);
    }

    @Override
    public HttpHeaders add(String name, Object value) {
        count();
        return super.add(name, value);
    }

    private void count() {
        if (++lines > most) {
            throw new TooLongHttpHeaderException("more than " + most + " lines");
        }
    }
}

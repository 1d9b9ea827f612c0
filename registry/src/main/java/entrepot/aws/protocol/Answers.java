package entrepot.aws.protocol;

import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import entrepot.domain.StoredManifest;
import entrepot.http.HttpResponse;
import entrepot.http.RequestContext;
import java.io.IOException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers a request in a protocol, whatever comes of it. Must be called within a request, whose id the answer names.
///
/// @param written how the protocol writes a refusal down
public record Answers(Dialect dialect, Function<ApiError, HttpResponse> written) {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    /// What there is to do for an answer.
    @FunctionalInterface
    public interface Work {

        /// The answer of a request that went well.
        ///
        /// @throws ApiException for what the protocol refuses
        /// @throws RegistryException for what an operation refuses
        HttpResponse answer() throws IOException;
    }

    /// The id of the request that is being answered.
    public static String requestId() {
        return RequestContext.current().id().toString();
    }

    /// By this work, or else a refusal.
    public HttpResponse of(Work work) throws IOException {
        return named(answer(work));
    }

    /// A request that is refused without a look at it.
    public HttpResponse refusing(ApiError error) {
        return named(written.apply(error));
    }

    /// Of what was not foreseen the log is told everything, and the client nothing.
    private HttpResponse answer(Work work) throws IOException {
        try {
            return work.answer();
        } catch (ApiException e) {
            return written.apply(e.error());
        } catch (RegistryException e) {
            return written.apply(dialect.of(e.error()));
        } catch (StoredManifest.Gone e) {
            return written.apply(dialect.of(new EveryApiError.Throttling()));
        } catch (RuntimeException | Error e) {
            LOG.error("request {} failed", requestId(), e);
            return written.apply(dialect.internal());
        }
    }

    private static HttpResponse named(HttpResponse answer) {
        return answer.with("x-amzn-RequestId", requestId());
    }
}

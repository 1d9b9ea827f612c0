package entrepot.oci;

import entrepot.auth.Caller;
import entrepot.domain.EveryApiError;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.RegistryException;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.RequestContext;
import entrepot.http.body.Spools;
import entrepot.operation.Operations;
import entrepot.operation.image.BatchGetImage;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Speaks the OCI distribution specification, and Docker's registry API that it came from, under `/v2`. Decides
/// nothing: who asks, what is asked, the operation, the wording of its answer.
public final class OciEndpoint implements HttpHandler {

    private static final int FIRST_REFUSAL = 400;

    private final RegistryLogin login;
    private final Operations door;
    private final OciFamilies families;
    private final Limits limits;
    private final Spools spools;
    private final Form form;

    /// @param law the one that holds here
    public OciEndpoint(
            RegistryLogin login, Operations door, OciFamilies families, Limits limits, Spools spools, Law law) {
        this.login = login;
        this.door = door;
        this.families = families;
        this.limits = limits;
        this.spools = spools;
        this.form = new Form(law);
    }

    private OciEndpoint following(Law law) {
        return new OciEndpoint(login, door, families, limits, spools, law);
    }

    /// A refusal names its request, as those of AWS's APIs do, so that it is found in the log and the audit.
    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        if (!form.law().equals(Law.OCI) && ReplicationMark.isOn(request)) {
            return following(Law.OCI).handle(request); // what comes from another registry keeps its tags and its forms
        }
        var answer = answer(form.heard(request)).with("Docker-Distribution-Api-Version", "registry/2.0");
        return answer.status() < FIRST_REFUSAL
                ? answer
                : answer.with("x-amzn-RequestId", RequestContext.current().id().toString());
    }

    @Override
    public boolean isQuick(HttpRequest request) {
        if (request.path().contains("/manifests/")) {
            return families.images().batchGetImage().isQuick() && spools.mayHold(BatchGetImage.SHORT);
        }
        return request.method().equals("GET")
                && request.path().contains("/blobs/")
                && !request.path().contains("/blobs/uploads/")
                && families.layers().readLayer().isQuick();
    }

    private HttpResponse answer(HttpRequest request) throws IOException {
        try {
            return answer(ReplicationMark.of(login.caller(request), request), request);
        } catch (OciException e) {
            return form.refusal(e.error());
        } catch (RegistryException e) { // before it is known who asks
            return form.error(e.error()).response();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private HttpResponse answer(Caller caller, HttpRequest request) throws IOException {
        try {
            var asked = OciPath.parse(request.method(), request.path(), request.query(), form);
            return answer(new OciCalls(door, caller, form), asked, request);
        } catch (RegistryException e) {
            var error = form.error(e.error());
            var mayLogIn = caller.principal().isAnonymous() && e.error() instanceof EveryApiError.AccessDenied;
            return (mayLogIn ? login.denied(request, error) : error).response();
        }
    }

    private HttpResponse answer(OciCalls calls, OciRequest asked, HttpRequest request) throws IOException {
        return switch (asked) {
            case OciRequest.Ping _ -> pong();
            case OciRequest.Catalog catalog -> new Lists(families, calls, spools).catalog(catalog);
            case OciRequest.ListTags list -> new Lists(families, calls, spools).tags(list);
            case OciRequest.ListReferrers list -> new ReferrerAnswers(families, calls, spools).list(list);
            case OciRequest.OfManifest manifest ->
                new Manifests(families, calls, limits, spools).answer(manifest, request);
            case OciRequest.OfBlob blob -> new Blobs(families, calls).answer(blob, request);
            case OciRequest.OfUpload upload -> new UploadAnswers(families, calls).answer(upload, request);
        };
    }

    private static HttpResponse pong() {
        return HttpResponse.of(200).withText(OciJson.TYPE, "{}\n");
    }
}

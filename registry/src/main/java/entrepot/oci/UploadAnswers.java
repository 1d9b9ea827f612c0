package entrepot.oci;

import entrepot.domain.Difference;
import entrepot.domain.Digest;
import entrepot.domain.RepositoryName;
import entrepot.domain.UploadId;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.operation.layer.CancelLayerUpload;
import entrepot.operation.layer.CompleteLayerUpload;
import entrepot.operation.layer.DescribeLayerUpload;
import entrepot.operation.layer.InitiateLayerUpload;
import entrepot.operation.layer.MountLayer;
import entrepot.operation.layer.UploadLayerPart;
import java.util.List;

/// UploadAnswers of blobs: whole, streamed or in chunks.
///
/// Source: OCI distribution specification, "Pushing blobs".
record UploadAnswers(OciFamilies families, OciCalls calls) {

    HttpResponse answer(OciRequest.OfUpload asked, HttpRequest http) {
        return switch (asked) {
            case OciRequest.StartUpload start -> start(start, http);
            case OciRequest.MountBlob mount -> mount(mount, http);
            case OciRequest.UploadStatus status -> status(status);
            case OciRequest.PatchUpload patch -> patch(patch, http);
            case OciRequest.FinishUpload finish -> finish(finish, http);
            case OciRequest.CancelUpload cancel -> cancel(cancel);
        };
    }

    private HttpResponse start(OciRequest.StartUpload request, HttpRequest http) {
        var input = new InitiateLayerUpload.Input(null, request.repository());
        var upload = calls.call(families.layers().initiateLayerUpload(), input).uploadId();
        return request.digest() == null
                ? progress(202, request.repository(), upload, 0)
                        .with("OCI-Chunk-Min-Length", Long.toString(calls.form().chunkMinLength()))
                : whole(request.repository(), upload, request.digest(), http);
    }

    /// An upload is the answer to every mount that comes to nothing.
    private HttpResponse mount(OciRequest.MountBlob request, HttpRequest http) {
        var input = new MountLayer.Input(null, request.repository(), request.digest(), request.from());
        return calls.call(families.layers().mountLayer(), input).mounted()
                ? stored(request.repository(), request.digest())
                : start(new OciRequest.StartUpload(request.repository(), null), http);
    }

    private HttpResponse patch(OciRequest.PatchUpload request, HttpRequest http) {
        var received = append(request.repository(), request.upload(), http);
        return progress(calls.form().chunkTaken(), request.repository(), request.upload(), received);
    }

    /// A client that lost the answer sends the last chunk again, and is answered by what became of the upload.
    private HttpResponse finish(OciRequest.FinishUpload request, HttpRequest http) {
        return complete(request.repository(), request.upload(), request.digest(), http);
    }

    /// Where an upload stands, so that a client can go on with it. ECR does not say.
    private HttpResponse status(OciRequest.UploadStatus request) {
        if (calls.form().isEcrs(Difference.UPLOAD_STATUS)) {
            throw new OciException(404, OciErrors.UPLOAD_UNKNOWN, "The status of an upload is not told");
        }
        var input = new DescribeLayerUpload.Input(null, request.repository(), request.upload());
        var received =
                calls.call(families.layers().describeLayerUpload(), input).received();
        var stands = upload(204, request.repository(), request.upload());
        return stands.with("Range", calls.form().progress(received));
    }

    private HttpResponse cancel(OciRequest.CancelUpload request) {
        cancel(request.repository(), request.upload());
        return HttpResponse.of(204);
    }

    /// Nobody but this request knows the upload, so nobody could go on with it after a failure.
    private HttpResponse whole(RepositoryName repository, UploadId upload, Digest digest, HttpRequest http) {
        var done = false;
        try {
            var response = complete(repository, upload, digest, http);
            done = true;
            return response;
        } finally {
            if (!done) {
                cancel(repository, upload);
            }
        }
    }

    /// How many bytes the upload has then.
    private long append(RepositoryName repository, UploadId upload, HttpRequest http) {
        var range = ContentRange.of(http.headers());
        var input = new UploadLayerPart.Input(
                null,
                repository,
                upload,
                range.map(ContentRange::first).orElse(null),
                range.map(ContentRange::last).orElse(null),
                http.body());
        return calls.call(families.layers().uploadLayerPart(), input).lastByteReceived() + 1;
    }

    /// With the body, if there is one, as the last chunk.
    private HttpResponse complete(RepositoryName repository, UploadId upload, Digest digest, HttpRequest http) {
        var last = http.body().length() == 0 ? null : lastPart(http);
        var input = new CompleteLayerUpload.Input(null, repository, upload, List.of(digest.toString()), last);
        return stored(
                repository,
                calls.call(families.layers().completeLayerUpload(), input).layerDigest());
    }

    private static CompleteLayerUpload.LastPart lastPart(HttpRequest http) {
        var range = ContentRange.of(http.headers());
        return new CompleteLayerUpload.LastPart(
                range.map(ContentRange::first).orElse(null),
                range.map(ContentRange::last).orElse(null),
                http.body());
    }

    private static HttpResponse stored(RepositoryName repository, Digest layer) {
        return Form.withDigest(HttpResponse.of(201), layer)
                .with("Location", "/v2/%s/blobs/%s".formatted(repository, layer));
    }

    private void cancel(RepositoryName repository, UploadId upload) {
        calls.call(families.layers().cancelLayerUpload(), new CancelLayerUpload.Input(null, repository, upload));
    }

    private HttpResponse progress(int status, RepositoryName repository, UploadId upload, long received) {
        return upload(status, repository, upload).with("Range", calls.form().progress(received));
    }

    private static HttpResponse upload(int status, RepositoryName repository, UploadId upload) {
        return HttpResponse.of(status)
                .with("Location", Form.uploadLocation(repository, upload))
                .with("Docker-Upload-UUID", upload.value());
    }
}

package entrepot.seed;

import entrepot.config.Seed;
import entrepot.transfer.DockerArchive;
import entrepot.transfer.FolderSources;
import entrepot.transfer.Import;
import entrepot.transfer.Selection;
import entrepot.transfer.Source;
import entrepot.transfer.SourceRepository.Root;
import entrepot.transfer.TaggedSource;
import entrepot.transfer.Target;
import entrepot.transfer.Watcher;
import entrepot.upstream.EcrApi;
import entrepot.upstream.Failure;
import entrepot.upstream.UpstreamException;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.json.JsonMapper;

/// Images that a seed gives a repository.
record SownImages(EcrApi api, Target target, String repository) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int AT_ONCE = 4;

    /// Sees that they are there. Where all of them are, nothing is read or written, not even a time of a pull.
    void bring(Seed.Image image) throws IOException, InterruptedException {
        var source = TaggedSource.of(source(image), image.only(), image.tags());
        if (isThere(source)) {
            return;
        }
        var words = new Words(new ConcurrentLinkedQueue<>());
        var tally = new Import(target, repository, Selection.of(List.of(), List.of()), AT_ONCE, words).run(source);
        if (tally.failed() > 0) {
            throw new IOException(String.join("; ", words.said()));
        }
    }

    private static Source source(Seed.Image image) throws IOException {
        return switch (image.kind()) {
            case LAYOUT -> FolderSources.layout(image.path());
            case DOCKER_ARCHIVE -> DockerArchive.source(image.path());
        };
    }

    private boolean isThere(Source source) throws IOException {
        for (var images : source.repositories()) {
            for (var root : images.roots()) {
                if (!isThere(root)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isThere(Root root) throws UpstreamException {
        var input = JSON.createObjectNode().put("repositoryName", repository);
        var id = input.putArray("imageIds").addObject();
        id.put(root.tag() == null ? "imageDigest" : "imageTag", root.tag() == null ? digest(root) : root.tag() + "");
        try {
            var found = api.call("DescribeImages", input.toString());
            return found.path("imageDetails")
                    .path(0)
                    .path("imageDigest")
                    .asString("")
                    .equals(digest(root));
        } catch (UpstreamException e) {
            if (e.failure() instanceof Failure.NotFound) {
                return false;
            }
            throw e;
        }
    }

    private static String digest(Root root) {
        return String.valueOf(root.digest());
    }

    /// Keeps what is said.
    private record Words(Queue<String> said) implements Watcher {

        @Override
        public void ahead(int images) {
            // nobody waits for it
        }

        @Override
        public void image() {
            // the same
        }

        @Override
        public void blob(long bytes) {
            // the same
        }

        @Override
        public void say(String line) {
            said.add(line);
        }
    }
}

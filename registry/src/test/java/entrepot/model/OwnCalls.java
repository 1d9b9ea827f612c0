package entrepot.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One client that calls at random about repositories which no other touches, so that each answer has to be the
/// model's. What it calls follows from its seed alone.
final class OwnCalls {

    private static final int REPOSITORIES = 2;
    private static final int REMEMBERED = 25;
    private static final int MOST_UPLOADS = 3;

    final TreeMap<String, ModelRepository> repositories = new TreeMap<>();
    private final String prefix;
    private final Random random;
    private final Pool pool;
    private final JsonDoor json;
    private final V2Door v2;
    private final List<ModelUpload> uploads = new ArrayList<>();
    private final Deque<String> calls = new ArrayDeque<>();

    OwnCalls(String prefix, long seed, JsonDoor json, V2Door v2) {
        this.prefix = prefix;
        this.random = new Random(seed);
        this.pool = new Pool(random);
        this.json = json;
        this.v2 = v2;
    }

    void call() {
        var name = prefix + "/r" + random.nextInt(REPOSITORIES);
        var repository = repositories.get(name);
        switch (random.nextInt(24)) {
            case 0, 1 -> create(name, repository);
            case 2 -> deleteRepository(name, repository);
            case 3 -> setMutability(name, repository);
            case 4, 5 -> push(name, repository);
            case 6 -> begin(name, repository);
            case 7, 8, 9, 10 -> append();
            case 11, 12 -> complete();
            case 13 -> endUpload();
            case 14 -> deleteLayer(name, repository);
            case 15, 16, 17 -> put(name, repository);
            case 18 -> putIndex(name, repository);
            case 19, 20 -> delete(name, repository);
            case 21 -> deleteSeveral(name, repository);
            case 22 -> get(name, repository);
            default -> list(name, repository);
        }
    }

    private Door door() {
        return pool.oneIn(2) ? json : v2;
    }

    /// Fails, with the calls that led here, if two things differ that must not.
    private void same(String call, Object expected, Object actual) {
        calls.addLast(call + " = " + actual);
        if (calls.size() > REMEMBERED) {
            calls.removeFirst();
        }
        if (!expected.equals(actual)) {
            throw new AssertionError("%s was %s and should be %s, after%n%s"
                    .formatted(call, actual, expected, String.join(System.lineSeparator(), calls)));
        }
    }

    private void outcome(String call, Door door, Outcome expected, String actual) {
        same((door.isJson() ? "json " : "v2 ") + call, expected.at(door.isJson()), actual);
    }

    private void create(String name, @Nullable ModelRepository repository) {
        var expected = repository == null ? Outcome.DONE : Outcome.REPOSITORY_EXISTS;
        outcome(
                "create " + name,
                json,
                expected,
                JsonDoor.outcome(() -> json.ecr.createRepository(r -> r.repositoryName(name))));
        repositories.putIfAbsent(name, new ModelRepository());
    }

    private void deleteRepository(String name, @Nullable ModelRepository repository) {
        var force = pool.oneIn(6);
        var expected = repository == null
                ? Outcome.REPOSITORY_ABSENT
                : force || repository.images.isEmpty() ? Outcome.DONE : Outcome.REPOSITORY_NOT_EMPTY;
        outcome(
                "delete repository " + name + " force " + force,
                json,
                expected,
                JsonDoor.outcome(() ->
                        json.ecr.deleteRepository(r -> r.repositoryName(name).force(force))));
        if (expected == Outcome.DONE) {
            repositories.remove(name);
        }
    }

    private void setMutability(String name, @Nullable ModelRepository repository) {
        var mode = pool.mode();
        var expected = repository == null ? Outcome.REPOSITORY_ABSENT : Outcome.DONE;
        outcome("mutability of " + name + " " + mode, json, expected, json.setMutability(name, mode));
        if (repository != null) {
            repository.mutability = mode;
        }
    }

    private void push(String name, @Nullable ModelRepository repository) {
        var content = pool.layer();
        var expected = repository == null ? Outcome.REPOSITORY_ABSENT : Outcome.DONE;
        outcome("push '" + content + "' into " + name, v2, expected, v2.push(name, content));
        if (repository != null) {
            repository.layers.put(ModelManifest.sha256(content), content);
        }
    }

    private void begin(String name, @Nullable ModelRepository repository) {
        var door = door();
        var answer = door.begin(name);
        if (repository == null) {
            outcome("begin upload in " + name, door, Outcome.REPOSITORY_ABSENT, answer);
            return;
        }
        same("begin upload in " + name, true, !answer.contains(" ") && !answer.contains("Exception"));
        uploads.add(new ModelUpload(name, repository, answer));
        if (uploads.size() > MOST_UPLOADS) {
            uploads.removeFirst();
        }
    }

    /// What any call about an upload comes to if its repository is no more as it was.
    private @Nullable Outcome lost(ModelUpload upload) {
        var now = repositories.get(upload.name);
        return now == upload.repository ? null : now == null ? Outcome.REPOSITORY_ABSENT : Outcome.UPLOAD_ABSENT;
    }

    private void append() {
        if (uploads.isEmpty()) {
            return;
        }
        var upload = pool.of(uploads);
        var door = door();
        var part = pool.of(Pool.PARTS);
        var from = pool.oneIn(4) ? random.nextInt(4) : upload.received().length();
        var lost = lost(upload);
        var expected = lost == null ? upload.append(door.isJson(), from, part) : lost;
        var answer = door.append(upload.name, upload.id, from, part);
        same(
                "append '%s' at %d to %s by json %b".formatted(part, from, upload, door.isJson()),
                expected == Outcome.DONE ? "" + upload.received().length() : expected.at(door.isJson()),
                answer);
    }

    private void complete() {
        uploads.removeIf(one -> !one.isOpen() && pool.oneIn(2));
        if (uploads.isEmpty()) {
            return;
        }
        var upload = pool.of(uploads);
        var part = pool.oneIn(3) ? pool.of(Pool.PARTS) : "";
        var digest = ModelManifest.sha256(pool.oneIn(5) ? pool.layer() : upload.received() + part);
        var lost = lost(upload);
        if (!part.isEmpty()) {
            outcome(
                    "complete " + upload + " with '" + part + "'",
                    v2,
                    lost == null ? upload.completeWith(part, digest) : lost,
                    v2.completeWith(upload.name, upload.id, part, digest));
            return;
        }
        var door = door();
        outcome(
                "complete " + upload + " as " + digest,
                door,
                lost == null ? upload.complete(door.isJson(), digest) : lost,
                door.complete(upload.name, upload.id, digest));
    }

    private void endUpload() {
        if (uploads.isEmpty()) {
            return;
        }
        var upload = pool.of(uploads);
        var lost = lost(upload);
        var status = lost != null ? lost : upload.isOpen() ? Outcome.DONE : Outcome.UPLOAD_ABSENT;
        if (pool.oneIn(2)) {
            outcome("cancel " + upload, v2, lost == null ? upload.cancel() : lost, v2.cancel(upload.name, upload.id));
        } else if (status != Outcome.DONE || !upload.received().isEmpty()) {
            var expected = status == Outcome.DONE ? "" + upload.received().length() : status.at(false);
            same("status of " + upload, expected, v2.status(upload.name, upload.id));
        }
    }

    private void deleteLayer(String name, @Nullable ModelRepository repository) {
        var digest = ModelManifest.sha256(pool.layer());
        var expected = repository == null ? Outcome.REPOSITORY_ABSENT : repository.deleteLayer(digest);
        outcome("delete layer " + digest + " of " + name, v2, expected, v2.deleteLayer(name, digest));
    }

    private void put(String name, @Nullable ModelRepository repository) {
        put(name, repository, pool.image());
    }

    private void putIndex(String name, @Nullable ModelRepository repository) {
        put(name, repository, pool.index(repository == null ? List.of() : List.copyOf(repository.images.values())));
    }

    private void put(String name, @Nullable ModelRepository repository, ModelManifest manifest) {
        var door = door();
        var tag = pool.oneIn(4) ? null : pool.tag();
        var isOther = pool.oneIn(12) && (tag == null || door.isJson());
        var digest = isOther ? ModelManifest.sha256("another") : null;
        var expected =
                repository == null ? Outcome.REPOSITORY_ABSENT : repository.put(door.isJson(), manifest, tag, digest);
        outcome(
                "put %s as %s into %s".formatted(manifest.digest(), tag, name),
                door,
                expected,
                door.put(name, manifest, tag, digest));
    }

    /// A tag, an image that is there, or one that may not be.
    private String reference(@Nullable ModelRepository repository) {
        return pool.oneIn(2) || repository == null || repository.images.isEmpty()
                ? pool.oneIn(8) ? pool.image().digest() : pool.tag()
                : pool.of(List.copyOf(repository.images.keySet()));
    }

    private void delete(String name, @Nullable ModelRepository repository) {
        var door = door();
        var reference = reference(repository);
        var ids = new TreeSet<String>();
        var answer = door.delete(name, reference, ids);
        if (repository == null) {
            outcome("delete " + reference + " of " + name, door, Outcome.REPOSITORY_ABSENT, answer);
            return;
        }
        var expected = repository.delete(door.isJson(), List.of(reference));
        var failure = expected.failures().isEmpty()
                ? Outcome.DONE
                : expected.failures().getFirst();
        outcome("delete " + reference + " of " + name, door, failure, answer);
        same("which deleted", door.isJson() ? expected.ids() : Set.of(), ids);
    }

    private void deleteSeveral(String name, @Nullable ModelRepository repository) {
        var references = List.of(reference(repository), reference(repository), reference(repository));
        if (repository == null) {
            return;
        }
        var answer = json.ecr.batchDeleteImage(r -> r.repositoryName(name)
                .imageIds(references.stream().map(JsonDoor::id).toList()));
        var expected = repository.delete(true, references);
        var ids = new TreeSet<String>();
        answer.imageIds().forEach(id -> ids.add(JsonDoor.text(id)));
        same("delete " + references + " of " + name, expected.ids(), ids);
        same(
                "which failed for",
                expected.failures().stream().map(failure -> failure.at(true)).toList(),
                answer.failures().stream()
                        .map(failure -> failure.failureCodeAsString())
                        .toList());
    }

    private void get(String name, @Nullable ModelRepository repository) {
        var door = door();
        var reference = reference(repository);
        var found = repository == null ? null : repository.find(reference).orElse(null);
        var absent = repository == null ? Outcome.REPOSITORY_ABSENT : Outcome.IMAGE_ABSENT;
        var expected =
                found == null ? List.of(absent.at(door.isJson())) : List.of(found.text(), found.type(), found.digest());
        same("get " + reference + " of " + name, expected, door.get(name, reference));
        same("head " + reference + " of " + name, found == null ? 404 : 200, v2.head(name, "manifests", reference));
    }

    private void list(String name, @Nullable ModelRepository repository) {
        var page = 1 + random.nextInt(5);
        var tagged = pool.oneIn(3) ? null : Boolean.valueOf(pool.oneIn(2));
        if (repository == null) {
            outcome("tags of " + name, v2, Outcome.REPOSITORY_ABSENT, String.join("", v2.tags(name, page)));
            return;
        }
        var tags = List.copyOf(repository.tags.keySet());
        same("tags of " + name, tags, v2.tags(name, page));
        same("ListImages of " + name + " " + tagged, repository.listed(tagged), json.listed(name, page, tagged));
        same("DescribeImages " + name + " " + tagged, repository.described(tagged), json.described(name, page, tagged));
    }

    /// Compares all that there is.
    void compare() {
        same("repositories", List.copyOf(repositories.keySet()), json.repositories(prefix + "/"));
        repositories.forEach((name, repository) -> {
            list(name, repository);
            same("all images of " + name, repository.described(null), json.described(name, 100, null));
            same("all tags of " + name, List.copyOf(repository.tags.keySet()), json.tags(name, 3));
            repository.images.forEach((digest, image) -> same(
                    "image " + digest + " of " + name,
                    List.of(image.text(), image.type(), digest),
                    door().get(name, digest)));
            for (var layer : Pool.LAYERS) {
                layer(name, repository, layer);
            }
        });
    }

    private void layer(String name, ModelRepository repository, String content) {
        var digest = ModelManifest.sha256(content);
        var door = content.isEmpty() ? v2 : door();
        var isThere = repository.layers.containsKey(digest);
        same(
                "layer " + digest + " of " + name,
                isThere ? content : Outcome.LAYER_ABSENT.at(door.isJson()),
                door.layer(name, digest));
        same("head of layer " + digest + " of " + name, isThere ? 200 : 404, v2.head(name, "blobs", digest));
    }
}

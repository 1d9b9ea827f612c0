package entrepot.comparison;

import java.util.ArrayList;
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
    private static final int MOST_UPLOADS = 3;

    final TreeMap<String, ModelRepository> repositories = new TreeMap<>();
    private final String prefix;
    private final Random random;
    private final Pool pool;
    private final JsonDoor json;
    private final V2Door v2;
    private final List<ModelUpload> uploads = new ArrayList<>();
    private final Answers answers = new Answers();
    private final ArtifactCalls artifacts;

    OwnCalls(String prefix, long seed, JsonDoor json, V2Door v2) {
        this.prefix = prefix;
        this.random = new Random(seed);
        this.pool = new Pool(random);
        this.json = json;
        this.v2 = v2;
        this.artifacts = new ArtifactCalls(answers, pool, json, v2);
    }

    void call() {
        var name = prefix + "/r" + random.nextInt(REPOSITORIES);
        var repository = repositories.get(name);
        switch (random.nextInt(28)) {
            case 0, 1 -> create(name, repository);
            case 2 -> deleteRepository(name, repository);
            case 3 -> setMutability(name, repository);
            case 4 -> push(name, repository);
            case 5 -> begin(name, repository);
            case 6, 7, 8, 9 -> append();
            case 10, 11, 12 -> complete();
            case 13 -> endUpload();
            case 14 -> deleteLayer(name, repository);
            case 15, 16, 17 -> put(name, repository, pool.image());
            case 18 -> put(name, repository, pool.index(images(repository)));
            case 19 -> put(name, repository, pool.referrer(images(repository)));
            case 20 -> putUnderSeveralTags(name, repository);
            case 21, 22 -> delete(name, repository);
            case 23 -> deleteSeveral(name, repository);
            case 24 -> get(name, repository);
            case 25 -> mount(name, repository);
            case 26 -> artifacts.referrers(name, repository, pool.referrer(images(repository)));
            default -> list(name, repository);
        }
    }

    private static List<ModelManifest> images(@Nullable ModelRepository repository) {
        return repository == null ? List.of() : List.copyOf(repository.images.values());
    }

    private Door door() {
        return pool.oneIn(2) ? json : v2;
    }

    private void create(String name, @Nullable ModelRepository repository) {
        var expected = repository == null ? Outcome.DONE : Outcome.REPOSITORY_EXISTS;
        answers.outcome(
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
        answers.outcome(
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
        answers.outcome("mutability of " + name + " " + mode, json, expected, json.setMutability(name, mode));
        if (repository != null) {
            repository.mutability = mode;
        }
    }

    private void push(String name, @Nullable ModelRepository repository) {
        var content = pool.layer();
        var expected = repository == null ? Outcome.REPOSITORY_ABSENT : Outcome.DONE;
        answers.outcome("push '" + content + "' into " + name, v2, expected, v2.push(name, content));
        if (repository != null) {
            repository.layers.put(ModelManifest.sha256(content), content);
        }
    }

    private void begin(String name, @Nullable ModelRepository repository) {
        var door = door();
        var answer = door.begin(name);
        if (repository == null) {
            answers.outcome("begin upload in " + name, door, Outcome.REPOSITORY_ABSENT, answer);
            return;
        }
        answers.same("begin upload in " + name, true, !answer.contains(" ") && !answer.contains("Exception"));
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
        answers.same(
                "append '%s' at %d to %s by json %b".formatted(part, from, upload, door.isJson()),
                expected == Outcome.DONE ? "" + (from + part.length()) : expected.at(door.isJson()),
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
            answers.outcome(
                    "complete " + upload + " with '" + part + "'",
                    v2,
                    lost == null ? upload.completeWith(part, digest) : lost,
                    v2.completeWith(upload.name, upload.id, part, digest));
            return;
        }
        var door = door();
        answers.outcome(
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
            answers.outcome(
                    "cancel " + upload, v2, lost == null ? upload.cancel() : lost, v2.cancel(upload.name, upload.id));
        } else if (status != Outcome.DONE || !upload.received().isEmpty()) {
            var expected = status == Outcome.DONE ? "" + upload.received().length() : status.at(false);
            answers.same("status of " + upload, expected, v2.status(upload.name, upload.id));
        }
    }

    private void deleteLayer(String name, @Nullable ModelRepository repository) {
        var digest = ModelManifest.sha256(pool.layer());
        var expected = repository == null ? Outcome.REPOSITORY_ABSENT : repository.deleteLayer(digest);
        answers.outcome("delete layer " + digest + " of " + name, v2, expected, v2.deleteLayer(name, digest));
    }

    private void putUnderSeveralTags(String name, @Nullable ModelRepository repository) {
        var manifest = pool.image();
        pushLayers(name, repository, manifest);
        artifacts.put(name, repository, manifest);
    }

    private void mount(String name, @Nullable ModelRepository repository) {
        var from = prefix + "/r" + random.nextInt(REPOSITORIES + 1);
        artifacts.mount(name, repository, from, repositories.get(from));
    }

    /// Mostly those that are absent, as a client does.
    private void pushLayers(String name, @Nullable ModelRepository repository, ModelManifest manifest) {
        if (repository == null || pool.oneIn(3)) {
            return;
        }
        manifest.layers().forEach((digest, content) -> {
            if (repository.layers.putIfAbsent(digest, content) == null) {
                answers.outcome("push '" + content + "' into " + name, v2, Outcome.DONE, v2.push(name, content));
            }
        });
    }

    private void put(String name, @Nullable ModelRepository repository, ModelManifest manifest) {
        pushLayers(name, repository, manifest);
        var door = door();
        var tag = pool.oneIn(4) ? null : pool.tag();
        var isOther = pool.oneIn(12) && (tag == null || door.isJson());
        var digest = isOther ? ModelManifest.sha256("another") : null;
        var under = tag == null ? List.<String>of() : List.of(tag);
        var expected =
                repository == null ? Outcome.REPOSITORY_ABSENT : repository.put(door.isJson(), manifest, under, digest);
        answers.outcome(
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
            answers.outcome("delete " + reference + " of " + name, door, Outcome.REPOSITORY_ABSENT, answer);
            return;
        }
        var expected = repository.delete(door.isJson(), List.of(reference));
        var failure = expected.failures().isEmpty()
                ? Outcome.DONE
                : expected.failures().getFirst();
        answers.outcome("delete " + reference + " of " + name, door, failure, answer);
        answers.same("which deleted", door.isJson() ? expected.ids() : Set.of(), ids);
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
        answers.same("delete " + references + " of " + name, expected.ids(), ids);
        answers.same(
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
        answers.same("get " + reference + " of " + name, expected, door.get(name, reference));
        answers.same(
                "head " + reference + " of " + name, found == null ? 404 : 200, v2.head(name, "manifests", reference));
    }

    private void list(String name, @Nullable ModelRepository repository) {
        var page = 1 + random.nextInt(5);
        var tagged = pool.oneIn(3) ? null : Boolean.valueOf(pool.oneIn(2));
        if (repository == null) {
            answers.outcome("tags of " + name, v2, Outcome.REPOSITORY_ABSENT, String.join("", v2.tags(name, page)));
            return;
        }
        var tags = List.copyOf(repository.tags.keySet());
        answers.same("tags of " + name, tags, v2.tags(name, page));
        answers.same(
                "ListImages of " + name + " " + tagged, repository.listed(tagged), json.listed(name, page, tagged));
        answers.same(
                "DescribeImages " + name + " " + tagged,
                repository.described(tagged),
                json.described(name, page, tagged));
    }

    /// Compares all that there is; fails, or is true.
    boolean compare() {
        answers.same("repositories", List.copyOf(repositories.keySet()), json.repositories(prefix + "/"));
        repositories.forEach((name, repository) -> {
            list(name, repository);
            answers.same("all images of " + name, repository.described(null), json.described(name, 100, null));
            answers.same("all tags of " + name, List.copyOf(repository.tags.keySet()), json.tags(name, 3));
            repository.images.forEach((digest, image) -> answers.same(
                    "image " + digest + " of " + name,
                    List.of(image.text(), image.type(), digest),
                    door().get(name, digest)));
            repository.images.values().forEach(image -> artifacts.referrers(name, repository, image));
            for (var layer : Pool.LAYERS) {
                layer(name, repository, layer);
            }
        });
        return true;
    }

    private void layer(String name, ModelRepository repository, String content) {
        var digest = ModelManifest.sha256(content);
        var door = content.isEmpty() ? v2 : door();
        var isThere = repository.layers.containsKey(digest);
        answers.same(
                "layer " + digest + " of " + name,
                isThere ? content : Outcome.LAYER_ABSENT.at(door.isJson()),
                door.layer(name, digest));
        answers.same("head of layer " + digest + " of " + name, isThere ? 200 : 404, v2.head(name, "blobs", digest));
    }
}

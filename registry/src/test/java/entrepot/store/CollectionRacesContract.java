package entrepot.store;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Encryption;
import entrepot.domain.ImageChange;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.job.Sweep;
import entrepot.store.Garbage.Link;
import entrepot.store.Garbage.Waiting;
import entrepot.store.History.Gone;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A collector that stops before each of its statements while somebody uses what it is about to take away. Where the
/// store has one writer, or a lock is waited for, the other one is done after it, which is right as well.
public abstract class CollectionRacesContract extends TablesContract {

    private static final Duration GRACE = Duration.ofHours(1);
    private static final long PATIENCE = 40;

    private Repository app;
    private Repository other;

    @BeforeEach
    void make_a_layer_that_is_due() {
        app = repository("app");
        other = repository("other");
        write(tx -> layer(tx, app, "layer"));
        pass();
    }

    private void pass() {
        write(tx -> tx.garbage().advance("test", Duration.ZERO));
        write(tx -> tx.garbage().advance("test", GRACE));
    }

    private Instant until() {
        return store().<Instant>read(tx -> tx.garbage().now()).minus(GRACE);
    }

    /// Sweeps, and has the other one done where the sweep has come to the point. Says whether that was not refused.
    private <R> boolean race(String point, Function<Garbage, Waiting<R>> which, Consumer<Transaction> other)
            throws Exception {
        var until = until();
        var due = listed(tx -> which.apply(tx.garbage()).due(until, 100));
        var isThere = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sweep = threads.submit(() -> store().transactGuarded(tx -> {
                var stopping = stopping(which.apply(tx.garbage()), point, isThere, goesOn);
                var gone = new Sweep<>(stopping, until).run(due, NOW, GRACE);
                stop("end".equals(point), isThere, goesOn);
                return gone;
            }));
            assertThat(isThere.await(30, SECONDS)).isTrue();
            var done = threads.submit(() -> isDone(other));
            try {
                done.get(PATIENCE, MILLISECONDS);
            } catch (TimeoutException waitsForTheSweep) {
                // and is done after it
            }
            goesOn.countDown();
            sweep.get(30, SECONDS);
            return done.get(30, SECONDS);
        }
    }

    private boolean isDone(Consumer<Transaction> work) {
        try {
            return store().transactGuarded(tx -> {
                work.accept(tx);
                return true;
            });
        } catch (RegistryException refused) {
            return false;
        }
    }

    private static void stop(boolean here, CountDownLatch isThere, CountDownLatch goesOn) throws AssertionError {
        if (here && isThere.getCount() > 0) {
            isThere.countDown();
            try {
                assertThat(goesOn.await(30, SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <R> Waiting<R> stopping(
            Waiting<R> real, String point, CountDownLatch isThere, CountDownLatch goesOn) {
        return (Waiting<R>) Proxy.newProxyInstance(
                Waiting.class.getClassLoader(), new Class<?>[] {Waiting.class}, (_, method, arguments) -> {
                    stop(method.getName().equals(point), isThere, goesOn);
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private boolean hasLayer(Repository repository) {
        return mapped(tx -> tx.layers().find(repository, List.of(digest("layer"))))
                .containsKey(digest("layer"));
    }

    private boolean isStored() {
        return found(tx -> tx.layers().blob(digest("layer"), Encryption.AES256)).isPresent();
    }

    /// What nobody uses goes in the end, whatever came in between, and nothing of it is forgotten.
    private void assertAllGoes() {
        for (var repository : List.of(app, other)) {
            listed(tx -> tx.images().images(repository, 0, null, 10))
                    .forEach(image -> write(tx -> tx.images().delete(repository, image)));
        }
        pass();
        sweep(Garbage::links);
        sweep(Garbage::blobs);
        assertThat(hasLayer(app) || hasLayer(other)).isFalse();
        if (isStored()) { // its own grace runs since it was deleted by itself
            pass();
            sweep(Garbage::blobs);
        }
        assertThat(isStored()).isFalse();
    }

    private <R> void sweep(Function<Garbage, Waiting<R>> which) {
        var until = until();
        var due = listed(tx -> which.apply(tx.garbage()).due(until, 100));
        store().transactGuarded(tx -> new Sweep<>(which.apply(tx.garbage()), until).run(due, NOW, GRACE));
    }

    private void push(Transaction tx) {
        var seen = tx.images().factsFor(app, digest("image"), List.of(), List.of(digest("layer")), List.of());
        refuseUnless(seen.blobs().containsKey(digest("layer")));
        var image = image(digest("image"), Map.of(digest("layer"), "type"), List.of());
        tx.images().add(app, image, seen, ManifestBytes.ofText("image"), Cover.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "hold", "used", "drop", "settle", "end"})
    void an_image_that_is_pushed_has_its_layers(String point) throws Exception {
        var pushed = race(point, Garbage::links, this::push);

        assertThat(hasLayer(app)).isEqualTo(pushed);
        sweep(Garbage::blobs);
        assertThat(isStored()).isEqualTo(pushed);
        assertAllGoes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "hold", "used", "drop", "settle", "end"})
    void who_is_told_that_a_layer_is_there_finds_it_there(String point) throws Exception {
        var told = race(
                point,
                Garbage::links,
                tx -> refuseUnless(
                        tx.garbage().keep(app, List.of(digest("layer"))).containsKey(digest("layer"))));

        assertThat(hasLayer(app)).isEqualTo(told);
        sweep(Garbage::links);
        assertThat(hasLayer(app)).isEqualTo(told);
        assertAllGoes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "hold", "used", "drop", "settle", "end"})
    void a_layer_that_is_uploaded_again_is_there(String point) throws Exception {
        assertThat(race(point, Garbage::links, this::upload)).isTrue();

        sweep(Garbage::links);
        sweep(Garbage::blobs);
        assertThat(hasLayer(app)).isTrue();
        assertAllGoes();
    }

    private void upload(Transaction tx) {
        var known = tx.layers().blob(digest("layer"), Encryption.AES256);
        known.ifPresent(blob -> tx.layers().discard(blob.key(), NOW));
        var blob = tx.layers().store(digest("layer"), 5, newKey(), null, known.orElse(null), NOW);
        tx.layers().link(app, blob, NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "hold", "used", "drop", "settle", "end"})
    void a_layer_that_is_mounted_elsewhere_is_there(String point) throws Exception {
        var mounted = race(point, Garbage::links, tx -> mount(tx, app, other));

        sweep(Garbage::blobs);
        assertThat(hasLayer(other)).isEqualTo(mounted);
        assertThat(isStored()).isEqualTo(mounted || hasLayer(app));
        assertAllGoes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "hold", "used", "drop", "settle", "end"})
    void a_layer_that_is_mounted_where_it_is_due_is_there(String point) throws Exception {
        write(tx -> mount(tx, app, other));
        var mounted = race(point, Garbage::links, tx -> mount(tx, other, app));

        assertThat(mounted).isTrue();
        sweep(Garbage::links);
        assertThat(hasLayer(app)).isTrue();
        assertAllGoes();
    }

    private static void mount(Transaction tx, Repository from, Repository to) {
        refuseUnless(tx.layers().find(from, List.of(digest("layer"))).containsKey(digest("layer")));
        var blob = tx.layers().blob(digest("layer"), Encryption.AES256);
        refuseUnless(blob.isPresent());
        tx.layers().link(to, blob.orElseThrow(), NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "hold", "used", "settle", "end"})
    void a_layer_of_an_image_that_is_deleted_has_its_grace_and_goes_then(String point) throws Exception {
        write(this::push);
        race(
                point,
                Garbage::links,
                tx -> tx.images()
                        .delete(app, tx.images().find(app, digest("image")).orElseThrow()));

        sweep(Garbage::links);
        assertThat(hasLayer(app)).isTrue();
        assertAllGoes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "hold", "used", "drop", "settle", "end"})
    void a_blob_of_a_layer_that_is_deleted_by_itself_is_not_forgotten(String point) throws Exception {
        race(point, Garbage::links, tx -> tx.layers().unlink(app, digest("layer")));

        assertAllGoes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "hold", "used", "drop", "settle", "end"})
    void a_blob_that_comes_again_while_it_goes_is_there(String point) throws Exception {
        sweep(Garbage::links);
        assertThat(hasLayer(app)).isFalse();

        assertThat(race(point, Garbage::blobs, this::upload)).isTrue();

        sweep(Garbage::blobs);
        assertThat(hasLayer(app)).isTrue();
        assertThat(listed(tx -> tx.layers().discarded(NOW.plus(GRACE), 10)))
                .doesNotContain(layerOf(app, "layer").key());
        assertAllGoes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "hold", "used", "settle", "end"})
    void a_blob_that_two_repositories_lose_is_not_forgotten(String point) throws Exception {
        write(tx -> mount(tx, app, other));
        sweep(Garbage::links);

        race(point, Garbage::blobs, tx -> tx.layers().unlink(other, digest("layer")));

        assertThat(hasLayer(other)).isFalse();
        assertAllGoes();
    }

    /// An image that was deleted and is kept, whose repository has lost its layer.
    private Gone kept() {
        write(this::push);
        write(tx -> {
            var image = tx.images().find(app, digest("image")).orElseThrow();
            tx.history().tell(new ImageChange(Kind.DELETE, app, image, List.of(), "arn", NOW));
            tx.images().delete(app, image);
        });
        pass();
        sweep(Garbage::links);
        assertThat(hasLayer(app)).isFalse();
        return listed(tx -> tx.history().images(app, digest("image"))).getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "hold", "used", "drop", "settle", "end"})
    void a_layer_of_an_image_that_is_had_back_is_there(String point) throws Exception {
        var gone = kept();

        assertThat(race(point, Garbage::blobs, tx -> tx.history().restore(app, gone, NOW)))
                .isTrue();

        pass();
        sweep(Garbage::links);
        sweep(Garbage::blobs);
        assertThat(hasLayer(app)).isTrue();
        assertAllGoes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "hold", "used", "drop", "settle", "end"})
    void a_blob_that_history_drops_while_it_is_looked_at_is_not_forgotten(String point) throws Exception {
        kept();

        race(point, Garbage::blobs, tx -> tx.history().drop(Duration.ZERO, 10));

        assertThat(isStored()).isTrue();
        assertAllGoes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "hold", "used", "drop", "settle", "end"})
    void two_that_collect_at_once_do_not_hinder_each_other(String point) throws Exception {
        write(tx -> mount(tx, app, other));
        pass();
        var until = until();
        var due = listed(tx -> tx.garbage().links().due(until, 100));
        race(point, Garbage::links, tx -> new Sweep<>(tx.garbage().links(), until).run(due, NOW, GRACE));

        assertThat(hasLayer(app) || hasLayer(other)).isFalse();
        sweep(Garbage::blobs);
        assertThat(isStored()).isFalse();
    }

    /// The second one has another row of the layer, which the first one is taking away.
    @Test
    void who_cannot_have_a_layer_does_not_make_it_young() throws Exception {
        write(tx -> tx.garbage().keep(app, List.of(digest("layer"))));
        pass();
        var until = until();
        var due = listed(tx -> tx.garbage().links().due(until, 100));
        assertThat(due).hasSize(2);
        var answers = new ArrayList<Boolean>();

        race("drop", only(due.getFirst()), tx -> {
            new Sweep<>(tx.garbage().links(), until).run(due.subList(1, 2), NOW, GRACE);
            var known = tx.garbage().find(app, List.of(digest("layer")), GRACE.dividedBy(2));
            answers.add(known.values().stream().noneMatch(layer -> !layer.isOld()));
        });

        assertThat(answers).doesNotContain(false);
        assertThat(hasLayer(app)).isFalse();
    }

    /// Rows as they are, of which this one alone is due.
    @SuppressWarnings("unchecked")
    private static Function<Garbage, Waiting<Link>> only(Link row) {
        return garbage -> (Waiting<Link>) Proxy.newProxyInstance(
                Waiting.class.getClassLoader(),
                new Class<?>[] {Waiting.class},
                (_, method, arguments) ->
                        method.getName().equals("due") ? List.of(row) : method.invoke(garbage.links(), arguments));
    }
}

package entrepot.event;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.EventFilter;
import entrepot.domain.EventType;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.TagPattern;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.store.Events.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// From a push to whoever is told of it.
@Timeout(120)
class EventDeliveriesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @AutoClose
    private final World world = World.withApp();

    private final Images images = Images.into(world, APP);
    private final Recorder one = new Recorder();
    private final Recorder two = new Recorder();

    /// Takes what it is sent, unless it is not to.
    private static final class Recorder implements EventSender {

        final List<Event> taken = new CopyOnWriteArrayList<>();
        final List<Event> tried = new CopyOnWriteArrayList<>();
        volatile Predicate<Event> fails = _ -> false;

        @Override
        public Sent send(List<Event> events) throws InterruptedException {
            for (int i = 0; i < events.size(); i++) {
                tried.add(events.get(i));
                if (fails.test(events.get(i))) {
                    return new Sent(i, "it fails");
                }
                taken.add(events.get(i));
            }
            return new Sent(events.size(), null);
        }

        List<String> tags() {
            return taken.stream().map(Recorder::tag).toList();
        }

        static String tag(Event event) {
            return event.document().replaceAll(".*\"action-type\":\"(.).*?\"image-tag\":\"([^\"]*)\".*", "$1 $2");
        }
    }

    private EventTarget target(String name, EventFilter filter, EventSender sender) {
        return new EventTarget(name, name, filter, sender);
    }

    private final EventTarget first = target("one", EventFilter.ALL, one);
    private final EventTarget second = target("two", EventFilter.ALL, two);

    private Map<String, String> deliver(EventTarget... targets) {
        return new EventDeliveries(world.metadata, world.clock, List.of(targets), UnaryOperator.identity()).run();
    }

    private void tell(EventTarget... targets) {
        world.told = new EventOutbox(
                List.of(targets).stream().map(EventTarget::filter).toList());
    }

    private void push(RepositoryName name, String tag) {
        images.put(name, Images.image(name + tag), tag);
    }

    private long waiting(EventTarget target) {
        return world.metadata
                .read(tx -> EventStatus.all(tx, List.of(target)))
                .getFirst()
                .waiting();
    }

    @Test
    void every_change_is_told_once_and_in_order() {
        tell(first);
        push(APP, "v1");
        images.put(APP, Images.image("app" + "v1"), "v2");
        push(APP, "v1");
        images.put(APP, Images.image("another"), "v1");
        images.delete(Law.OCI, APP, Images.byTag("v1"));
        images.delete(Law.ECR, APP, Images.byTag("v2"));
        assertThat(waiting(first)).isEqualTo(5);

        assertThat(deliver(first)).isEmpty();
        assertThat(deliver(first)).isEmpty();

        assertThat(one.tags()).containsExactly("P v1", "P v2", "P v1", "D v1", "D v2");
        assertThat(waiting(first)).isZero();
        assertThat(first.counts().delivered().sum()).isEqualTo(5);
    }

    @Test
    void nothing_is_written_where_nobody_is_told() {
        push(APP, "v1");
        tell(target("one", new EventFilter(List.of(TagPattern.of("x*")), Set.of()), one));
        push(APP, "v2");

        assertThat(world.metadata.<Boolean>read(tx -> tx.events().fresh(9).isEmpty()))
                .isTrue();
    }

    @Test
    void each_is_told_what_it_wants() {
        world.create(OTHER);
        Images.into(world, OTHER);
        var others = target("one", new EventFilter(List.of(TagPattern.of("oth*")), Set.of()), one);
        var referrers = target("two", new EventFilter(List.of(), Set.of(EventType.REFERRER_ACTION)), two);
        tell(others, referrers);
        push(APP, "v1");
        push(OTHER, "v2");

        deliver(others, referrers);

        assertThat(one.tags()).containsExactly("P v2");
        assertThat(two.taken).isEmpty();
    }

    @Test
    void who_fails_is_told_again_later_with_the_same_id_and_in_order() {
        tell(first);
        push(APP, "v1");
        push(APP, "v2");
        push(APP, "v3");
        one.fails = event -> Recorder.tag(event).equals("P v2");

        assertThat(deliver(first)).containsEntry("one", "it fails");
        assertThat(one.tags()).containsExactly("P v1");
        one.fails = _ -> false;
        deliver(first);
        assertThat(one.tags()).containsExactly("P v1");
        world.clock.move(SECOND);
        deliver(first);

        assertThat(one.tags()).containsExactly("P v1", "P v2", "P v3");
        assertThat(one.tried.stream()
                        .filter(event -> Recorder.tag(event).equals("P v2"))
                        .map(Event::uuid))
                .hasSize(2)
                .containsOnly(one.taken.get(1).uuid());
    }

    @Test
    void it_is_tried_after_one_two_four_seconds_and_then_every_five_minutes() {
        tell(first);
        push(APP, "v1");
        one.fails = _ -> true;
        var begin = world.clock.instant();
        var tried = new ArrayList<Long>();
        for (int i = 0; i < 1_400; i++) {
            var before = one.tried.size();
            deliver(first);
            if (one.tried.size() > before) {
                tried.add(Duration.between(begin, world.clock.instant()).toSeconds());
            }
            world.clock.move(SECOND);
        }

        assertThat(tried).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 127L, 255L, 511L, 811L, 1_111L);
    }

    @Test
    void a_repository_that_fails_holds_no_other_back_and_no_other_target() {
        world.create(OTHER);
        Images.into(world, OTHER);
        tell(first, second);
        push(APP, "v1");
        push(APP, "v2");
        push(OTHER, "v3");
        one.fails = event -> event.repository().endsWith("/app");

        deliver(first, second);

        assertThat(one.tags()).containsExactly("P v3");
        assertThat(two.tags()).containsExactlyInAnyOrder("P v1", "P v2", "P v3").containsSubsequence("P v1", "P v2");
        assertThat(waiting(first)).isEqualTo(2);
        assertThat(waiting(second)).isZero();
    }

    @Test
    void who_hangs_delays_nobody_else() throws Exception {
        var mended = new CountDownLatch(1);
        tell(first, second);
        push(APP, "v1");
        EventSender hangs = events -> {
            mended.await();
            return one.send(events);
        };
        var delivery = CompletableFuture.runAsync(() -> deliver(target("one", EventFilter.ALL, hangs), second));
        awaitTags(two, 1);
        push(APP, "v2");
        push(APP, "v3");
        awaitTags(two, 3);
        assertThat(one.taken).isEmpty();

        mended.countDown();
        delivery.get();

        assertThat(one.tags()).containsExactly("P v1", "P v2", "P v3");
        assertThat(two.tags()).containsExactly("P v1", "P v2", "P v3");
    }

    private static void awaitTags(Recorder recorder, int count) throws InterruptedException {
        while (recorder.taken.size() < count) {
            Thread.sleep(5);
        }
    }

    @Test
    void what_has_waited_for_a_day_and_fails_is_given_up_and_counted() {
        tell(first);
        push(APP, "v1");
        push(APP, "v2");
        one.fails = _ -> true;
        deliver(first);
        world.clock.move(Duration.ofHours(24).minus(SECOND));
        deliver(first);
        assertThat(waiting(first)).isEqualTo(2);

        world.clock.move(Duration.ofMinutes(5));
        push(APP, "v3");
        deliver(first);

        assertThat(first.counts().givenUp().sum()).isEqualTo(2);
        assertThat(waiting(first)).isEqualTo(1);
        one.fails = _ -> false;
        world.clock.move(Duration.ofMinutes(5));
        deliver(first);
        assertThat(one.tags()).containsExactly("P v3");
    }

    @Test
    void a_sender_that_is_at_fault_is_one_that_fails() {
        tell(first, second);
        push(APP, "v1");
        EventSender faulty = _ -> {
            throw new IllegalStateException("a fault");
        };

        assertThat(deliver(target("one", EventFilter.ALL, faulty), second)).containsOnlyKeys("one");
        assertThat(two.tags()).containsExactly("P v1");
    }

    @Test
    void what_was_sent_and_not_written_down_is_sent_again_when_it_is_cut_off() throws Exception {
        var begun = new CountDownLatch(1);
        tell(first);
        push(APP, "v1");
        EventSender slow = events -> {
            one.send(events);
            begun.countDown();
            new CountDownLatch(1).await();
            return new EventSender.Sent(events.size(), null);
        };
        var delivery = Thread.ofVirtual().start(() -> deliver(target("one", EventFilter.ALL, slow)));
        begun.await();
        delivery.interrupt();
        delivery.join();

        deliver(first);

        assertThat(one.tags()).containsExactly("P v1", "P v1");
    }

    @Test
    void pushes_by_many_at_once_are_all_told_and_a_tags_moves_in_their_order() throws Exception {
        tell(first);
        var done = ConcurrentHashMap.<String>newKeySet();
        var pushers = IntStream.range(0, 8)
                .mapToObj(pusher ->
                        CompletableFuture.runAsync(() -> IntStream.range(0, 25).forEach(i -> {
                            images.put(APP, Images.image(pusher + "/" + i), "moving");
                            done.add(pusher + "/" + i);
                            if (i % 5 == 0) {
                                deliverOnce(first);
                            }
                        })))
                .toList();
        for (var pusher : pushers) {
            pusher.get();
        }
        deliver(first);

        assertThat(done).hasSize(200);
        assertThat(one.taken.stream().map(Event::uuid).distinct()).hasSize(200);
        var app = world.repository(APP);
        var last = world.metadata.read(tx -> tx.images().find(app, new Tag("moving")));
        assertThat(one.taken.getLast().document())
                .contains(last.orElseThrow().digest().toString());
    }

    private final Object turn = new Object();

    private void deliverOnce(EventTarget target) {
        synchronized (turn) {
            deliver(target);
        }
    }
}

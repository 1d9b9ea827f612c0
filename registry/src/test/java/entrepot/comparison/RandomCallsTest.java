package entrepot.comparison;

import entrepot.operation.Together;
import entrepot.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several clients call at random, on both doors, and the server never differs from the model. Each client has
/// repositories of its own, where every answer is compared, and all have one together, where what must hold
/// whatever the order is checked while they rest.
///
/// A run is told by its seed: `-Dcalls.seed=7 -Dcalls.seconds=600` repeats seed 7 for longer.
class RandomCallsTest {

    private static final int CLIENTS = 5;
    private static final int CALLS_BETWEEN_RESTS = 100;
    private static final long SEED = Long.getLong("calls.seed", System.nanoTime());
    private static final int SECONDS = Integer.getInteger("calls.seconds", 10);
    private static final Map<String, String> SETTINGS = Map.of(
            "limits.tags-per-image", Integer.toString(ModelRepository.MOST_TAGS),
            "limits.images-per-repository", Integer.toString(ModelRepository.MOST_IMAGES));

    @TempDir
    Path data;

    @Test
    void the_server_does_not_differ_from_the_model() throws IOException {
        System.out.printf("random calls of seed %d for %d s%n", SEED, SECONDS);
        try (var server = RunningServer.start(data, SETTINGS)) {
            var json = new JsonDoor(server);
            var v2 = new V2Door(server);
            var shared = new SharedRepository("shared/app", json, v2);
            var own = clients(i -> new OwnCalls("own" + i, SEED + i, json, v2));
            var together = clients(i -> new SharedCalls(shared, i, SEED - 1 - i));
            var calls = 0;
            for (var end = System.nanoTime() + SECONDS * 1_000_000_000L; System.nanoTime() < end; ) {
                calls += Together.call(CLIENTS, i -> () -> calls(own.get(i), together.get(i), end)).stream()
                        .mapToInt(Integer::intValue)
                        .sum();
                Together.call(CLIENTS, i -> () -> own.get(i).compare());
                shared.check();
            }
            System.out.printf("%d calls, and no difference%n", calls);
        }
    }

    private static <T> List<T> clients(IntFunction<T> client) {
        return IntStream.range(0, CLIENTS).mapToObj(client).toList();
    }

    /// How many there were until the rest, or the end.
    private static int calls(OwnCalls own, SharedCalls together, long end) {
        var calls = 0;
        while (calls < 2 * CALLS_BETWEEN_RESTS && System.nanoTime() < end) {
            own.call();
            together.call();
            calls += 2;
        }
        return calls;
    }
}

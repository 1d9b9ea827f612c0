package entrepot.move;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Does works on blobs, several at a time.
public final class AtOnce implements AutoCloseable {

    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /// What each of them gave, in their order, when all have ended.
    ///
    /// @throws IOException if one failed
    public <T> List<T> run(List<Callable<T>> works) throws IOException {
        try {
            var results = new ArrayList<T>();
            for (var work : threads.invokeAll(works)) {
                results.add(work.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IOException("not all blobs came", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while blobs came", e);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}

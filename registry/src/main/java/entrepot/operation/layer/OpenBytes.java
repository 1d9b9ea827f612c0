package entrepot.operation.layer;

import entrepot.domain.Metered;
import entrepot.domain.RegistryException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How many bytes the uploads of each principal have that are open. The rows say what counts already, whatever process
/// died before; what is on its way beside that is remembered here, as long as it is.
final class OpenBytes {

    private final Map<String, Sum> sums = new HashMap<>();

    /// Of one principal, while somebody writes for them.
    private static final class Sum {
        int writers;
        long counted;
        long coming;
    }

    /// Counts bytes on their way, until closed.
    ///
    /// @param counted asks the rows
    /// @param most how many there may be
    /// @param refusal what to say of more
    Writer writer(String principal, LongSupplier counted, long most, RegistryException refusal) {
        Sum sum;
        synchronized (sums) {
            sum = sums.computeIfAbsent(principal, _ -> new Sum());
            sum.writers++;
        }
        var writer = new Writer(principal, sum, counted, most, refusal);
        writer.count(0);
        return writer;
    }

    private void leave(String principal, Sum sum) {
        synchronized (sums) {
            sum.writers--;
            if (sum.writers == 0) {
                sums.remove(principal);
            }
        }
    }

    /// The bytes of one part.
    final class Writer implements Metered.Meter, AutoCloseable {

        private final String principal;
        private final Sum sum;
        private final LongSupplier counted;
        private final long most;
        private final RegistryException refusal;
        private long coming;

        private Writer(String principal, Sum sum, LongSupplier counted, long most, RegistryException refusal) {
            this.principal = principal;
            this.sum = sum;
            this.counted = counted;
            this.most = most;
            this.refusal = refusal;
        }

        /// Fails if there is no room for so many bytes.
        void require(long bytes) {
            synchronized (sum) {
                if (bytes > most - sum.counted - sum.coming) {
                    throw refusal;
                }
            }
        }

        @Override
        public void before(int bytes) {
            synchronized (sum) {
                require(bytes);
                sum.coming += bytes;
                coming += bytes;
            }
        }

        /// Looks at the rows again, which know now what came, so that it is not counted twice.
        private void count(long arrived) {
            synchronized (sum) {
                sum.counted = counted.getAsLong();
                sum.coming -= arrived;
            }
        }

        @Override
        public void close() {
            count(coming);
            leave(principal, sum);
        }
    }
}

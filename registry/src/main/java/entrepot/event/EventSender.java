package entrepot.event;

import entrepot.store.Events.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A way to tell somebody of events.
public interface EventSender extends AutoCloseable {

    /// Sends events of one repository, one after the other, until one fails; within a bounded time each. What it says
    /// was sent is not sent again.
    Sent send(List<Event> events) throws InterruptedException;

    @Override
    default void close() {}

    /// What came of it.
    ///
    /// @param count how many were sent, the first ones
    /// @param error why the next one was not, without a secret; null if all were sent
    record Sent(int count, @Nullable String error) {}
}

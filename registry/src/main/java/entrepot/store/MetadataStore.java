package entrepot.store;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Everything that is not a blob, behind transactions. Held by `MetadataStoreContract`.
public interface MetadataStore extends AutoCloseable {

    /// Runs the work in one transaction, as if nobody else wrote meanwhile, durable when this returns; again if it lost
    /// a race, so the work must have no effect outside the transaction. Nothing is left of work that fails, or that
    /// refuses by a [entrepot.domain.RegistryException]; refusing before the first write is cheaper.
    ///
    /// Fails with the refusal of the work itself, with `Throttling` when too many wait, and with `StorageFull` when
    /// the disk is full.
    <T> T transact(Function<Transaction, T> work);

    /// The same for what runs so often that it must not wait or lose for what does not concern it: others may write
    /// between one statement of the work and the next. So what it has decided by it holds (`hold`), and each of its
    /// writes names what it saw; docs/decisions/0025-two-writers.md tells for each such work what holds it.
    default <T> T transactGuarded(Function<Transaction, T> work) {
        return transact(work);
    }

    /// Runs the work on one consistent snapshot that has every transaction that was acknowledged before.
    /// Writing in it fails.
    <T> T read(Function<Transaction, T> work);

    /// The same for work that asks one question, which is a snapshot by itself. Asking a second one may fail.
    default <T> T ask(Function<Transaction, T> question) {
        return read(question);
    }

    /// Whether other processes may write at the same moment.
    default boolean isShared() {
        return false;
    }

    /// Grows with each change to accounts, users, keys or policies that is committed: at once with those of
    /// this process, within half a second with those of others. So that a cache can be dropped by comparing:
    /// take the number first, then read; whatever was read before a change that has been answered has a
    /// smaller one. Where the number could not be read for a second, this reads it.
    long accessChanges();

    /// A number that stands for all that is stored: while it stays the same, nothing is written. Empty while something
    /// is being committed, and where other processes may write. So that what was read can be given again: take the
    /// number first, then read; it holds for as long as the number does.
    default OptionalLong state() {
        return OptionalLong.empty();
    }

    /// Asks for something small, so that it fails where requests would, by a [entrepot.domain.RegistryException] where
    /// its data cannot be reached now.
    default void check() {
        ask(tx -> tx.accounts().list(null, 1));
    }

    /// Whether its tables are as they were when it was opened.
    ///
    /// @throws IOException if they are not, in words that anybody may read; it fails as [#check] else
    default void checkSchema() throws IOException {}

    /// How busy its connections are; empty if it has none that are lent.
    default Optional<Load> load() {
        return Optional.empty();
    }

    /// What its connections do.
    ///
    /// @param active connections that are lent
    /// @param idle connections that are open and not lent
    /// @param waiting how many wait for one
    record Load(int active, int idle, int waiting) {}

    @Override
    void close();
}

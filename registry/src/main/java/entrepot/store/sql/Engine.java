package entrepot.store.sql;

import entrepot.domain.Digest;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import java.util.List;
import java.util.stream.Collectors;

/// What engines spell differently.
public interface Engine {

    /// Whether nobody else writes while a transaction does, so that there is nothing to hold.
    boolean hasOneWriter();

    /// The end of a query whose row nobody may change or delete until the transaction ends, while others may hold it
    /// as well.
    String shared();

    /// The end of a query whose row nobody may have alone until the transaction ends, while others may change it.
    String named();

    /// The end of a query whose row is nobody else's until the transaction ends.
    String alone();

    /// The same, of those rows that are nobody else's: the others are left out, and nobody is waited for.
    String free();

    /// Waits in line for a repository, behind those who came before and want it alone. Who holds it goes on; a lock of
    /// its row has no line, and those who share it could keep who wants it alone for ever.
    void queue(Asked how, RegistryId registry, RepositoryName name);

    /// The same for who wants it alone, and has it until the transaction ends.
    void queueAlone(Asked how, RegistryId registry, RepositoryName name);

    /// From the next statement on nobody else has this name in the repository until the transaction ends, whether a row
    /// has it yet or not.
    void lock(Asked how, long repository, Digest digest);

    /// From the next statement on rows are found by indexes until the transaction ends. Who takes a few rows of
    /// many away, over and over, is otherwise made to read them all each time where the engine thinks that there
    /// are few.
    void findByIndexes(Asked how);

    /// The time by the database's own clock, in microseconds since 1970.
    String clock();

    /// Asks for the id of the next manifest, which nobody else is given.
    String nextManifest();

    /// The condition of a page in the order of these columns: its rows have the first values in all of them but the
    /// last, where they have more than the last value. Takes all values, then all but the last once more.
    String after(String... columns);

    /// Has a statement run, whatever it gives.
    interface Asked {
        void ask(String text, Object... values);
    }

    /// Of an engine that has one writer.
    record OneWriter() implements Engine {
        @Override
        public boolean hasOneWriter() {
            return true;
        }

        @Override
        public String shared() {
            return "";
        }

        @Override
        public String named() {
            return "";
        }

        @Override
        public String alone() {
            return "";
        }

        @Override
        public void queue(Asked how, RegistryId registry, RepositoryName name) {
            // nobody else is there
        }

        @Override
        public void queueAlone(Asked how, RegistryId registry, RepositoryName name) {
            // nobody else is there
        }

        @Override
        public String free() {
            return "";
        }

        @Override
        public void lock(Asked how, long repository, Digest digest) {
            // nobody else is there
        }

        @Override
        public void findByIndexes(Asked how) {
            // as always
        }

        @Override
        public String clock() {
            return "cast(unixepoch('subsec') * 1000000 as integer)";
        }

        @Override
        public String nextManifest() {
            return "select coalesce(max(seq), 0) + 1 from sqlite_sequence where name = 'manifest'";
        }

        /// In an index it uses the first column alone of many that are compared as one.
        @Override
        public String after(String... columns) {
            var equal = List.of(columns).subList(0, columns.length - 1);
            return equal.stream().map(column -> column + " = ? and ").collect(Collectors.joining())
                    + columns[columns.length - 1] + " > ?"
                    + equal.stream().map(column -> " and " + column + " <= ?").collect(Collectors.joining());
        }
    }
}

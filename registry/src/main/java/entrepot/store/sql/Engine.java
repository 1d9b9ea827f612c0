package entrepot.store.sql;

import entrepot.domain.Digest;

/// What engines spell differently.
public interface Engine {

    /// Whether nobody else writes while a transaction does, so that there is nothing to hold.
    boolean hasOneWriter();

    /// The end of a query whose row nobody may change or delete until the transaction ends, while others may hold it
    /// as well.
    String shared();

    /// The end of a query whose row is nobody else's until the transaction ends.
    String alone();

    /// From the next statement on nobody else has this name in the repository until the transaction ends, whether a row
    /// has it yet or not.
    void lock(Sql sql, long repository, Digest digest);

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
        public String alone() {
            return "";
        }

        @Override
        public void lock(Sql sql, long repository, Digest digest) {
            // nobody else is there
        }
    }
}

package entrepot.upstream.wire;

/// What an answer comes over.
interface Line {

    /// Where all of it has come already.
    Line NONE = new Line() {
        @Override
        public void endWhenever() {
            // it has ended
        }

        @Override
        public void giveBack() {
            // nobody waits for it
        }

        @Override
        public void close() {
            // there is none
        }
    };

    /// From now on it may take any time, as long as it is not silent.
    void endWhenever();

    /// The next request may have it.
    void giveBack();

    void close();
}

package entrepot.transfer;

/// Is told how far a transfer is. Called by many threads.
public interface Watcher {

    /// So many more images are to come.
    void ahead(int images);

    /// An image is done, well or not.
    void image();

    /// So many bytes of a blob have been sent.
    void blob(long bytes);

    /// A line that somebody should read.
    void say(String line);
}

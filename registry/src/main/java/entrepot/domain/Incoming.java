package entrepot.domain;

/// Content that is still on its way here.
public interface Incoming extends Content {

    /// Ends the wait for it, from another thread: writing then fails. Without effect where all of it has come.
    void breakOff();
}

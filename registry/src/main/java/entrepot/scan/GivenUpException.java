package entrepot.scan;

/// A scan is not to be made any more, or not by this node.
final class GivenUpException extends RuntimeException {

    GivenUpException() {
        super("the scan is given up");
    }
}

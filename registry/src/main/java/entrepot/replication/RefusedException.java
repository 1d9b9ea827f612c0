package entrepot.replication;

import java.io.IOException;

/// A registry elsewhere refuses what it was to have.
final class RefusedException extends IOException {

    private final String code;
    private final boolean isForGood;

    /// @param code what it calls that, as ECR has it without `Exception`
    /// @param isForGood whether to ask again is useless as long as nobody changes anything there
    RefusedException(String code, boolean isForGood, String message) {
        super(message);
        this.code = code;
        this.isForGood = isForGood;
    }

    String code() {
        return code;
    }

    boolean isForGood() {
        return isForGood;
    }
}

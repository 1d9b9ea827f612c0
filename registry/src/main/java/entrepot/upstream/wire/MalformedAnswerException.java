package entrepot.upstream.wire;

import java.io.IOException;
import java.io.Serial;

/// What came back is not HTTP as it is agreed, or more than was asked for.
public final class MalformedAnswerException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    public MalformedAnswerException(String why) {
        super(why);
    }
}

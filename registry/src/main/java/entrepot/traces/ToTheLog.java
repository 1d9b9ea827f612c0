package entrepot.traces;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/// What OpenTelemetry tells by the JDK's logging, in our log.
final class ToTheLog extends Handler {

    /// Held, since a logger that nobody holds is forgotten with all that was set on it.
    private static final Logger ITS_OWN = Logger.getLogger("io.opentelemetry");

    private ToTheLog() {}

    static synchronized void take() {
        if (ITS_OWN.getUseParentHandlers()) {
            ITS_OWN.setUseParentHandlers(false);
            ITS_OWN.addHandler(new ToTheLog());
        }
    }

    @Override
    public void publish(LogRecord line) {
        var log = LoggerFactory.getLogger(String.valueOf(line.getLoggerName()));
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            log.warn(line.getMessage(), line.getThrown());
        } else {
            log.debug(line.getMessage(), line.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}

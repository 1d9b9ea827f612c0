package entrepot.cli;

import static ch.qos.logback.classic.ClassicConstants.CONFIG_FILE_PROPERTY;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;

/// Where the log goes: to stderr, as text or as JSON (key `log.format` of the configuration). In Java, as a file of XML
/// would take 600 classes to read; logback finds it as a service. What the system property `logback.configurationFile`
/// names goes before it, if it is there.
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{24}" + " %replace(%X){'(.+)', '[$1] '}- %msg%n";

    private static final Map<String, Level> LEVELS = Map.of(
            Logger.ROOT_LOGGER_NAME,
            Level.INFO,
            "io.netty",
            Level.WARN,
            "io.vertx",
            Level.WARN,
            "com.zaxxer.hikari",
            Level.ERROR,
            "org.flywaydb",
            Level.WARN,
            "org.sqlite",
            Level.WARN);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var named = System.getProperty(CONFIG_FILE_PROPERTY);
        if (named != null && isThere(named)) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        context.getStatusManager().add(new NopStatusListener());
        var exit = new OutOfMemoryExit();
        exit.setContext(context);
        exit.start();
        context.addTurboFilter(exit);
        LEVELS.forEach((name, level) -> context.getLogger(name).setLevel(level));
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender(context));
        if (named != null) {
            context.getLogger(LogConfigurator.class).warn("{} is not there: {}", CONFIG_FILE_PROPERTY, named);
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Whether logback will find a resource, file or URL. It would not try the URL first, and where it finds none, it
    /// writes each line of level DEBUG and above to stdout.
    private static boolean isThere(String named) {
        try {
            return ClassLoader.getSystemResource(named) != null
                    || Files.isRegularFile(Path.of(named))
                    || isAnswered(URI.create(named));
        } catch (IllegalArgumentException e) {
            return false; // neither a path nor a URL
        }
    }

    private static boolean isAnswered(URI address) {
        try (var _ = address.toURL().openStream()) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ConsoleAppender<ILoggingEvent> appender(LoggerContext context) {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(
                System.getProperty(Serve.LOG_FORMAT, "text").equals("json") ? json(context) : text(context));
        appender.start();
        return appender;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithArguments(false);
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        return encoder;
    }
}

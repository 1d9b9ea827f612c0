package entrepot.cli;

import static ch.qos.logback.classic.ClassicConstants.CONFIG_FILE_PROPERTY;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/// Who configures the log.
class LogConfiguratorTest {

    @TempDir
    Path folder;

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void forget() {
        System.clearProperty(CONFIG_FILE_PROPERTY);
        context.stop();
    }

    @Test
    void a_file_that_is_there_goes_before() throws IOException {
        var file = Files.writeString(folder.resolve("log.xml"), "<configuration/>");

        assertThat(configured(file.toString())).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(configured(file.toUri().toString())).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
    }

    @Test
    void one_that_is_not_there_changes_nothing() {
        var absent = folder.resolve("absent.xml");

        assertThat(configured(absent.toString())).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        assertThat(configured(absent.toUri().toString())).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getLevel()).isEqualTo(Level.INFO);
    }

    private ExecutionStatus configured(String named) {
        System.setProperty(CONFIG_FILE_PROPERTY, named);
        return new LogConfigurator().configure(context);
    }
}

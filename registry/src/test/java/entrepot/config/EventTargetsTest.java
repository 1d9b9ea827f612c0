package entrepot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.EventFilter;
import entrepot.domain.EventType;
import entrepot.domain.TagPattern;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTargetsTest {

    @TempDir
    Path folder;

    private List<EventTarget> targets(String yaml) throws IOException {
        var file = Files.writeString(folder.resolve("entrepot.yaml"), yaml);
        return Config.load(Map.of(), Map.of(), file).reports().told().targets();
    }

    @Test
    void every_kind_with_all_that_it_can_have() throws IOException {
        assertThat(targets("""
                events:
                  - type: webhook
                    url: https://hooks.example.com/ecr?token=1
                    secret-file: /run/hook
                    repositories: [app, team/*]
                    types: [ECR Image Action, ECR Referrer Action, ECR Image Scan,
                      ECR Pull Through Cache Action, ECR Replication Action]
                  - {type: file, path: events.json}
                  - type: sqs
                    queue-url: https://sqs.example.com/1/ecr.fifo
                    endpoint: http://sqs:9324
                    region: eu-west-1
                    access-key-id: AKIAQUEUE
                    secret-access-key-file: /run/sqs
                  - {type: sqs, queue-url: https://sqs.example.com/1/other}
                """))
                .containsExactly(
                        new EventTarget(
                                new EventTarget.Webhook(
                                        URI.create("https://hooks.example.com/ecr?token=1"), Path.of("/run/hook")),
                                new EventFilter(
                                        List.of(TagPattern.of("app"), TagPattern.of("team/*")),
                                        Set.of(EventType.values()))),
                        new EventTarget(new EventTarget.File(Path.of("events.json")), EventFilter.ALL),
                        new EventTarget(
                                new EventTarget.Sqs(
                                        URI.create("https://sqs.example.com/1/ecr.fifo"),
                                        URI.create("http://sqs:9324"),
                                        "eu-west-1",
                                        new EventTarget.Credentials("AKIAQUEUE", Path.of("/run/sqs"))),
                                EventFilter.ALL),
                        new EventTarget(
                                new EventTarget.Sqs(
                                        URI.create("https://sqs.example.com/1/other"), null, "us-east-1", null),
                                EventFilter.ALL));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {type: file, path: a, paths: b}           | unknown key: events.0.paths
            {type: file, path: a, url: b}             | unknown key: events.0.url
            {type: file}                              | events.0.path is missing
            {path: a}                                 | events.0.type is missing
            {type: smtp, path: a}                     | events.0.type: smtp is not allowed; it must be webhook, file or sqs
            {type: webhook, url: 'http://a'}          | events.0.secret-file is missing
            {type: webhook, secret-file: a}           | events.0.url is missing
            {type: webhook, url: 'ftp://a', secret-file: a} | events.0.url must be an address such as
            {type: webhook, url: 'http://', secret-file: a} | events.0.url must be an address such as
            {type: webhook, url: 'http://u:p@a', secret-file: a} | events.0.url must be an address such as
            {type: webhook, url: 'http://a', secret-file: a, secret: b} | unknown key: events.0.secret
            {type: file, path: a, types: [ECR Scan Resource Change]} | events.0.types: ECR Scan Resource Change is not allowed
            {type: file, path: a, repositories: [App]} | events.0.repositories: App is not allowed
            {type: sqs, queue-url: 'http://a', access-key-id: b} | go together
            {type: sqs, queue-url: 'http://a', region: b} | events.0.region: b is not allowed
            app                                       | unknown key: events
            """)
    void what_is_amiss_is_named(String target, String message) {
        assertThatThrownBy(() -> targets("events: [" + target + "]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("u:p");
    }

    @Test
    void the_same_target_twice_is_refused_whatever_else_it_has() {
        assertThatThrownBy(() -> targets("""
                events:
                  - {type: webhook, url: 'http://a', secret-file: b}
                  - {type: webhook, url: 'http://a', secret-file: c, repositories: [app]}
                """))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith(":3: events.1: is the same target as one before");
    }

    @Test
    void they_stand_in_the_file_only() {
        assertThatThrownBy(() -> Config.load(Map.of(), Map.of("ENTREPOT_EVENTS", "webhook"), null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown key: ENTREPOT_EVENTS");
    }
}

package entrepot.server;

import entrepot.config.ConfigException;
import entrepot.config.EventTarget.File;
import entrepot.config.EventTarget.Kind;
import entrepot.config.EventTarget.Sqs;
import entrepot.config.EventTarget.Webhook;
import entrepot.config.Told;
import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.event.EventSender;
import entrepot.event.EventTarget;
import entrepot.event.EventTargets;
import entrepot.event.send.FileSender;
import entrepot.event.send.SqsSender;
import entrepot.event.send.WebhookSender;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Who is told of events, by the configuration.
final class Targets {

    /// For an answer.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Of the digest of what an address does not show.
    private static final int MARK = 8;

    private Targets() {}

    private interface Sending {
        EventSender by(String key, Kind kind) throws IOException;
    }

    /// @throws IOException if a secret cannot be read
    static EventTargets open(Told told) throws IOException {
        return all(told, Targets::sender);
    }

    /// The same for who does not tell them anything: no secret is read.
    static EventTargets listed(Told told) throws IOException {
        return all(told, (_, _) -> _ -> new EventSender.Sent(0, "this process tells nobody"));
    }

    private static EventTargets all(Told told, Sending sending) throws IOException {
        var targets = new ArrayList<EventTarget>();
        for (int i = 0; i < told.targets().size(); i++) {
            var target = told.targets().get(i);
            var address = address(target.kind());
            targets.add(new EventTarget(
                    type(target.kind()) + " " + address,
                    address,
                    target.filter(),
                    sending.by("events.%d".formatted(i), target.kind())));
        }
        return new EventTargets(targets, told.rules());
    }

    private static EventSender sender(String key, Kind kind) throws IOException {
        return switch (kind) {
            case Webhook webhook ->
                new WebhookSender(webhook.url(), secret(key, webhook.secret()), PATIENCE, InstantSource.system());
            case File file -> new FileSender(file.path());
            case Sqs sqs ->
                new SqsSender(
                        new SqsSender.Place(sqs.queue(), sqs.endpoint(), sqs.region(), credentials(key, sqs)),
                        PATIENCE);
        };
    }

    private static byte[] secret(String key, Path file) throws IOException {
        var text = read(key + ".secret-file", file);
        try {
            return WebhookSender.secret(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("%s.secret-file: %s %s".formatted(key, file, e.getMessage()));
        }
    }

    private static SqsSender.@Nullable Credentials credentials(String key, Sqs sqs) throws IOException {
        var given = sqs.credentials();
        return given == null
                ? null
                : new SqsSender.Credentials(
                        given.accessKeyId(), read(key + ".secret-access-key-file", given.secretAccessKey()));
    }

    private static String read(String key, Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException("%s: %s cannot be read".formatted(key, file), e);
        }
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case Webhook _ -> "webhook";
            case File _ -> "file";
            case Sqs _ -> "sqs";
        };
    }

    private static String address(Kind kind) {
        return switch (kind) {
            case Webhook webhook -> host(webhook.url());
            case File file -> file.path().toString();
            case Sqs sqs -> address(sqs.queue());
        };
    }

    /// What follows the host may be a secret, as many a webhook's path is: in its place is what tells it from another
    /// one.
    private static String host(URI url) {
        var text = url.toString();
        var host = "%s://%s/".formatted(url.getScheme(), url.getRawAuthority());
        return (text + "/").equals(host) || text.equals(host) ? host : host + "?" + mark(text);
    }

    /// What follows a question mark may be a secret, likewise.
    private static String address(URI url) {
        var text = url.toString();
        var end = text.indexOf('?');
        return end < 0 ? text : text.substring(0, end) + "?" + mark(text);
    }

    private static String mark(String text) {
        return new ManifestBytes(text.getBytes(StandardCharsets.UTF_8))
                .digest(Digest.Algorithm.SHA256)
                .hex()
                .substring(0, MARK);
    }
}

package entrepot.config;

import entrepot.domain.EventFilter;
import entrepot.domain.EventType;
import entrepot.domain.TagPattern;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the configuration file lists under `events`.
record EventTargets(Items items) {

    /// Takes out of the file's keys those that are about targets.
    ///
    /// @throws ConfigException if one is unknown or its value is bad, or if two targets are the same
    static List<EventTarget> take(Map<String, String> file) {
        var targets = new EventTargets(Items.take("events", file));
        var all = targets.items.all(targets::target);
        var seen = new HashSet<EventTarget.Kind>();
        for (int i = 0; i < all.size(); i++) {
            if (!seen.add(place(all.get(i).kind()))) {
                throw new ConfigException("events.%d: is the same target as one before".formatted(i));
            }
        }
        return all;
    }

    /// What two targets may not have in common.
    private static EventTarget.Kind place(EventTarget.Kind kind) {
        return switch (kind) {
            case EventTarget.Webhook webhook -> new EventTarget.Webhook(webhook.url(), Path.of(""));
            case EventTarget.File file -> file;
            case EventTarget.Sqs sqs -> new EventTarget.Sqs(sqs.queue(), null, "", null);
        };
    }

    private EventTarget target(String at) {
        var kind = items.required(at + ".type", EventTargets::isKind);
        return new EventTarget(
                switch (kind) {
                    case "webhook" -> webhook(at);
                    case "file" -> new EventTarget.File(Path.of(items.required(at + ".path")));
                    default -> sqs(at);
                },
                filter(at));
    }

    private static String isKind(String text) {
        if (!List.of("webhook", "file", "sqs").contains(text)) {
            throw new IllegalArgumentException("must be webhook, file or sqs");
        }
        return text;
    }

    private EventTarget.Webhook webhook(String at) {
        return new EventTarget.Webhook(
                address(at + ".url", "https://hooks.example.com/ecr"), Path.of(items.required(at + ".secret-file")));
    }

    private EventTarget.Sqs sqs(String at) {
        return new EventTarget.Sqs(
                address(at + ".queue-url", "https://sqs.us-east-1.amazonaws.com/123456789012/ecr"),
                items.optional(at + ".endpoint")
                        .map(_ -> address(at + ".endpoint", "https://sqs.example.com"))
                        .orElse(null),
                items.optional(at + ".region", BlobKind::region).orElse(BlobKind.USUAL_REGION),
                credentials(at));
    }

    private EventTarget.@Nullable Credentials credentials(String at) {
        var id = items.optional(at + ".access-key-id");
        var secret = items.optional(at + ".secret-access-key-file");
        if (id.isPresent() != secret.isPresent()) {
            throw new ConfigException("%1$s.access-key-id and %1$s.secret-access-key-file go together".formatted(at));
        }
        return id.isPresent() && secret.isPresent()
                ? new EventTarget.Credentials(id.get(), Path.of(secret.get()))
                : null;
    }

    /// A refusal does not repeat it, since there may be a secret in it. A user and a password would be told wherever it
    /// is.
    private URI address(String key, String example) {
        try {
            var address = Keys.endpoint(items.required(key), example);
            if (address.getUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // said below, in the same words
        }
        throw new ConfigException(
                "%s must be an address such as %s, without user and password".formatted(key, example));
    }

    private EventFilter filter(String at) {
        return new EventFilter(
                each(at + ".repositories", EventTargets::pattern).toList(),
                each(at + ".types", EventTargets::type).collect(Collectors.toSet()));
    }

    private <T> Stream<T> each(String key, Function<String, T> parse) {
        return items.optional(key).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .map(text -> items.parsed(key, text, parse));
    }

    private static TagPattern pattern(String text) {
        if (!text.matches("[a-z0-9*._/-]{1,256}")) {
            throw new IllegalArgumentException("must be names of repositories such as team/*");
        }
        return TagPattern.of(text);
    }

    private static EventType type(String text) {
        return EventType.named(text)
                .orElseThrow(() -> new IllegalArgumentException("must be of "
                        + Arrays.stream(EventType.values())
                                .map(EventType::toString)
                                .collect(Collectors.joining(", "))));
    }
}

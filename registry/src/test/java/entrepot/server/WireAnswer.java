package entrepot.server;

import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// What came back, as its door words refusals: a status, and a code and a text if it is one that has a body.
public record WireAnswer(String status, String headers, String body) {

    private static final Pattern XML =
            Pattern.compile("<Code>(?<code>.*?)</Code>\\s*<Message>(?<message>.*?)</Message>", Pattern.DOTALL);

    static WireAnswer parse(String text) {
        var end = text.indexOf("\r\n\r\n");
        var head = text.substring(0, end);
        return new WireAnswer(head.split(" ", 3)[1], head.toLowerCase(Locale.ROOT), text.substring(end + 4));
    }

    boolean isRefusal() {
        return status.startsWith("4") || status.startsWith("5");
    }

    /// Status and code.
    public String head() {
        return body.isEmpty() ? status : status + " " + told()[0];
    }

    /// Status, code and text.
    String whole() {
        return body.isEmpty() ? status : head() + " " + told()[1];
    }

    private String[] told() {
        var xml = XML.matcher(body);
        if (xml.find()) {
            return new String[] {xml.group("code"), xml.group("message")};
        }
        var json = JsonMapper.shared().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
        var error = json.has("errors") ? json.get("errors").get(0) : json;
        var message = error.has("message") ? error.get("message") : error.path("Message");
        return new String[] {error.path(json.has("errors") ? "code" : "__type").asString(), message.asString()};
    }
}

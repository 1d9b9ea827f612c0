package entrepot.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An answer as a client sees it.
record Reply(HttpResponse response) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    int status() {
        return response.status();
    }

    String header(String name) {
        return response.headers().first(name).orElse("");
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try {
            response.body().writeTo(Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    String text() {
        return new String(bytes(), UTF_8);
    }

    JsonNode json() {
        return JSON.readTree(text());
    }

    /// Such as `404 NAME_UNKNOWN`.
    String problem() {
        return status() + " " + json().path("errors").path(0).path("code").asString();
    }

    String message() {
        return json().path("errors").path(0).path("message").asString();
    }

    Reply mustBe(int status) {
        assertThat(status()).describedAs("answer: %s", response).isEqualTo(status);
        return this;
    }
}

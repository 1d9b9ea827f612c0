package entrepot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.folder.CredentialsFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A server in a process of its own, which takes keys as passwords, and a client of it.
final class ServeProcess implements AutoCloseable {

    private final Path directory;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    private ServeProcess(Path directory, Process process) throws IOException, InterruptedException {
        this.directory = directory;
        this.process = process;
        this.url = said("listening on (\\S+)");
    }

    /// Returns when it listens.
    ///
    /// @param directory where its data is, and what it says
    /// @param options of the JVM
    static ServeProcess start(Path directory, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        return new ServeProcess(directory, launch(directory, environment, options));
    }

    /// The status of one that ends by itself, which is waited for. What it says is in the file `err`.
    static int statusOf(Path directory, Map<String, String> environment) throws IOException, InterruptedException {
        var process = launch(directory, environment);
        try {
            return ended(process);
        } finally {
            process.destroyForcibly();
        }
    }

    /// One with these arguments alone, in a folder that has the place of temporary ones; returns when it listens.
    static ServeProcess with(Path directory, Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        return new ServeProcess(directory, launch(directory, environment, arguments, new String[0]));
    }

    /// The status of one with these arguments alone, that ends by itself.
    static int statusOf(Path directory, Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        var process = launch(directory, environment, arguments, new String[0]);
        try {
            return ended(process);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process launch(Path directory, Map<String, String> environment, String... options)
            throws IOException {
        var data = directory.resolve("data").toString();
        return launch(directory, environment, List.of("--data", data, "--port", "0"), options);
    }

    private static Process launch(
            Path directory, Map<String, String> environment, List<String> arguments, String[] options)
            throws IOException {
        var builder = new ProcessBuilder(command(arguments, options))
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        var all = builder.environment();
        all.keySet().removeIf(name -> name.startsWith("ENTREPOT_") || name.startsWith("OTEL_"));
        all.putAll(Map.of("ENTREPOT_DRAIN", "0", "ENTREPOT_BASIC_ACCESS_KEYS", "true"));
        all.putAll(environment);
        return builder.start();
    }

    private static List<String> command(List<String> arguments, String[] options) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "entrepot.Main", "serve"));
        command.addAll(arguments);
        return command;
    }

    /// What a line of its output says, which is waited for.
    String said(String line) throws IOException, InterruptedException {
        var pattern = Pattern.compile("(?m)^" + line + "$");
        for (int i = 0; i < 1200; i++) {
            var found = pattern.matcher(Files.readString(directory.resolve("out")));
            if (found.find()) {
                return found.group(1);
            }
            if (!process.isAlive()) {
                break;
            }
            Thread.sleep(100);
        }
        process.destroyForcibly();
        throw new AssertionError("it does not say '" + line + "': " + log());
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    /// Returns when it says that it is ready.
    void awaitReady() throws IOException, InterruptedException {
        while (status("/readyz") != 200) {
            Thread.sleep(20);
        }
    }

    String rootSecret() throws IOException {
        return root().secret();
    }

    private CredentialsFile.Credentials root() throws IOException {
        return new CredentialsFile(directory.resolve("data/credentials")).read().orElseThrow();
    }

    /// A GET with the root's key.
    ///
    /// @param headers names and values by turns
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return get(root(), path, headers);
    }

    /// A GET with another key.
    HttpResponse<String> get(CredentialsFile.Credentials root, String path, String... headers)
            throws IOException, InterruptedException {
        var login = Base64.getEncoder().encodeToString((root.id() + ":" + root.secret()).getBytes(UTF_8));
        var request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path))
                .header("Authorization", "Basic " + login);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /// The status of the answer to a GET of whoever has no key.
    int status(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path)).build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    /// By the name of the signal, without `SIG`.
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /// How it ended, which is waited for.
    int ended() throws InterruptedException {
        return ended(process);
    }

    private static int ended(Process process) throws InterruptedException {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        http.close();
        process.destroyForcibly().onExit().join();
    }
}

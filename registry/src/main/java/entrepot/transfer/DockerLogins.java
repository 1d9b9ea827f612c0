package entrepot.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.upstream.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Logins as `docker login` keeps them. Source: Docker CLI reference, `docker login`, "Credential stores" and
/// "Credential helpers"; docker-credential-helpers, "Development".
///
/// @param file such as `~/.docker/config.json`; it need not be there
public record DockerLogins(Path file) {

    private static final String HUB_KEY = "https://index.docker.io/v1/";
    private static final int LONGEST = 4 << 20;
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final long PATIENCE = 60;

    /// As whom a host is asked: by its own helper, what the file itself says, the store of all, or as nobody.
    ///
    /// @param host with its port, as images are named by
    /// @throws IOException if the file is no such file, or a helper fails
    public Login of(String host, boolean isHub) throws IOException {
        if (!Files.exists(file)) {
            return Login.ANONYMOUS;
        }
        var config = Manifests.object(read());
        var key = isHub ? HUB_KEY : host;
        if (map(config.get("credHelpers")).get(key) instanceof String helper) {
            return fromHelper(helper, key);
        }
        var entry = entry(map(config.get("auths")), key);
        var own = entry == null ? Login.ANONYMOUS : login(entry);
        if (own.equals(Login.ANONYMOUS) && config.get("credsStore") instanceof String store) {
            return fromHelper(store, key);
        }
        return own;
    }

    private byte[] read() throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(LONGEST);
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static @Nullable Map<?, ?> entry(Map<?, ?> auths, String key) {
        for (var auth : auths.entrySet()) {
            if (bare(String.valueOf(auth.getKey())).equals(bare(key))) {
                return map(auth.getValue());
            }
        }
        return null;
    }

    /// Older clients write a whole address.
    private static String bare(String key) {
        var host = key.replaceFirst("^https?://", "");
        var slash = host.indexOf('/');
        return slash < 0 ? host : host.substring(0, slash);
    }

    private static Login login(Map<?, ?> entry) throws IOException {
        if (entry.get("identitytoken") instanceof String token && !token.isEmpty()) {
            return new Login.IdentityToken(token);
        }
        if (entry.get("auth") instanceof String both && !both.isEmpty()) {
            return password(both);
        }
        return entry.get("username") instanceof String user && entry.get("password") instanceof String password
                ? new Login.Password(user, password)
                : Login.ANONYMOUS;
    }

    private static Login password(String both) throws IOException {
        try {
            var text = new String(Base64.getDecoder().decode(both), UTF_8);
            var colon = text.indexOf(':');
            if (colon > 0) {
                return new Login.Password(
                        text.substring(0, colon), text.substring(colon + 1).replace("\0", ""));
            }
        } catch (IllegalArgumentException e) {
            // said below, in the same words
        }
        throw new IOException("docker's config has an auth that is none");
    }

    private static Login fromHelper(String name, String key) throws IOException {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IOException("docker's config names a credential helper that cannot be one");
        }
        var helper = new ProcessBuilder(List.of("docker-credential-" + name, "get"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = helper.outputWriter(UTF_8)) {
            out.write(key);
        }
        var answer = helper.getInputStream().readNBytes(LONGEST_ANSWER);
        return isWell(helper) ? answered(Manifests.object(answer)) : Login.ANONYMOUS;
    }

    /// One that has no login for the host ends with a status that is not 0.
    private static boolean isWell(Process helper) throws IOException {
        try {
            return helper.waitFor(PATIENCE, TimeUnit.SECONDS) && helper.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            helper.destroy();
        }
    }

    private static Login answered(Map<String, Object> answer) throws IOException {
        if (answer.get("Username") instanceof String user && answer.get("Secret") instanceof String secret) {
            return user.equals("<token>") ? new Login.IdentityToken(secret) : new Login.Password(user, secret);
        }
        throw new IOException("a credential helper gave no login");
    }
}

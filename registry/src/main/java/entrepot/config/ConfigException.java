package entrepot.config;

/// The configuration cannot be used. The message names the key and the value, on one line.
public final class ConfigException extends RuntimeException {
    public ConfigException(String message) {
        super(message);
    }
}

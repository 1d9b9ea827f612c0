package entrepot.config;

import java.net.InetAddress;

/// An address to listen on. Names other than `localhost` are refused, so that what is loopback is never a question to
/// a name server.
final class ListenHost {

    static final String FORM = "an IP address or localhost";

    private static final String LOCALHOST = "localhost";

    private ListenHost() {}

    static boolean isListenHost(String text) {
        return text.equals(LOCALHOST) || isLiteral(text);
    }

    static String parse(String text) {
        if (!isListenHost(text)) {
            throw new IllegalArgumentException("must be " + FORM);
        }
        return text;
    }

    static boolean isLoopback(String host) {
        return host.equals(LOCALHOST) || InetAddress.ofLiteral(host).isLoopbackAddress();
    }

    private static boolean isLiteral(String text) {
        try {
            return !text.startsWith("[") && InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

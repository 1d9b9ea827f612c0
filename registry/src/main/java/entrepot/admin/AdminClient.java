package entrepot.admin;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/// Has a running server do something.
public final class AdminClient {

    private AdminClient() {}

    /// Gives the lines to print.
    ///
    /// @param socket the server's, in its data folder
    /// @throws IOException if no server listens there, or it could not do it
    public static List<String> call(Path socket, String command, List<String> arguments) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            AdminMessages.write(channel, new AdminMessages.Request(command, arguments));
            var answer = AdminMessages.read(channel, AdminMessages.Answer.class);
            if (answer.error() != null) {
                throw new IOException(answer.error());
            }
            return answer.lines();
        }
    }
}

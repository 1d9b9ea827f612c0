package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Files sent by the kernel: what serving a blob costs if nothing is asked about it.
///
/// @param files the folder that it serves
record Nginx(ServerProcess server, InetSocketAddress address, Path files) implements Contender.Puller {
    static final String NAME = "nginx";

    static Nginx start(Path executable, Path folder) throws IOException {
        var address = Ports.free();
        var files = Files.createDirectories(folder.resolve("files"));
        var settings = Files.writeString(folder.resolve("nginx.conf"), """
                user %s;
                daemon off;
                worker_processes 2;
                pid %2$s/pid;
                events {}
                http {
                  access_log off;
                  sendfile on;
                  tcp_nopush on;
                  keepalive_requests 1000000;
                  client_body_temp_path %2$s/body;
                  proxy_temp_path %2$s/proxy;
                  fastcgi_temp_path %2$s/fastcgi;
                  uwsgi_temp_path %2$s/uwsgi;
                  scgi_temp_path %2$s/scgi;
                  server {
                    listen 127.0.0.1:%3$d;
                    root %4$s;
                  }
                }
                """.formatted(
                        System.getProperty("user.name"), folder, address.getPort(), files));
        var command = List.of(executable.toString(), "-e", "stderr", "-c", settings.toString());
        var server = ServerProcess.start(folder.resolve("log"), command);
        server.await(() -> Ports.answers(address));
        return new Nginx(server, address, files);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void store(List<Blob> blobs) throws IOException {
        for (var blob : blobs) {
            var file = files.resolve(blob.digest());
            try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                blob.writeTo(channel);
            }
        }
    }

    @Override
    public byte[] get(Blob blob) {
        return "GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .formatted(blob.digest())
                .getBytes(ISO_8859_1);
    }
}

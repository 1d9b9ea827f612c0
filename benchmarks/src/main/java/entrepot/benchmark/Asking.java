package entrepot.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// One client that asks for the same few things again and again.
///
/// @param requests whole ones, sent in turn
/// @param status of every answer
/// @param time after which no request is begun
record Asking(InetSocketAddress address, List<byte[]> requests, int status, Duration time) implements Sample.Load {

    @Override
    public Sample.Done run() throws IOException {
        var latencies = new Latencies();
        var answered = 0;
        try (var connection = new HttpConnection(address)) {
            var end = System.nanoTime() + time.toNanos();
            for (var begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                connection.exchange(requests.get(answered % requests.size()), status);
                latencies.add(System.nanoTime() - begun);
                answered++;
            }
        }
        return Sample.Done.requests(answered, latencies);
    }
}

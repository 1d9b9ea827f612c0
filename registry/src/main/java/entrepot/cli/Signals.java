package entrepot.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIGTERM, by which supervisors end a process in order, and SIGINT, by which people do who do not want to wait.
///
/// The JDK has them in `sun.misc.Signal` of its module `jdk.unsupported`, which javac warns of where it is named. Where
/// it is not there, both end the process as they do by themselves.
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    /// What a shell adds to the number of the signal that ended a process.
    private static final int ENDED_BY = 128;

    private static final int SIGINT = 2;

    private final Runnable haste;
    private final AtomicBoolean ending = new AtomicBoolean();

    private Signals(Runnable haste) {
        this.haste = haste;
    }

    /// Has both end the process.
    ///
    /// @param haste is called on SIGINT, and on any that comes when the end has begun
    static void hear(Runnable haste) {
        var signals = new Signals(haste);
        try {
            signals.handle("TERM");
            signals.handle("INT");
        } catch (ReflectiveOperationException e) {
            LOG.debug("signals are left to the JVM", e);
        }
    }

    private void handle(String name) throws ReflectiveOperationException {
        var type = Class.forName("sun.misc.Signal");
        var handlerType = Class.forName("sun.misc.SignalHandler");
        var number = type.getMethod("getNumber");
        var handler = Proxy.newProxyInstance(
                Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (_, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        came((int) number.invoke(arguments[0]));
                    }
                    return null;
                });
        type.getMethod("handle", type, handlerType)
                .invoke(null, type.getConstructor(String.class).newInstance(name), handler);
    }

    private void came(int number) {
        if (ending.getAndSet(true) || number == SIGINT) {
            haste.run();
        }
        System.exit(ENDED_BY + number);
    }
}

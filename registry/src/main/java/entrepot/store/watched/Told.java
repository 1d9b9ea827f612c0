package entrepot.store.watched;

import entrepot.domain.RegistryException;
import entrepot.watch.Watch;

/// Tells a watch of calls to a store.
record Told(Watch watch) {

    private static final String REFUSED = "refused";

    interface Call<T, E extends Exception> {
        T run() throws E;
    }

    interface Act<E extends Exception> {
        void run() throws E;
    }

    <T, E extends Exception> T call(String name, Call<T, E> call) throws E {
        var work = watch.begin(Watch.Kind.STORE, name);
        var outcome = Watch.FAILED;
        try {
            var result = call.run();
            outcome = Watch.OK;
            return result;
        } catch (RegistryException e) {
            outcome = REFUSED;
            throw e;
        } finally {
            work.end(outcome);
        }
    }

    <E extends Exception> void act(String name, Act<E> act) throws E {
        call(name, () -> {
            act.run();
            return true;
        });
    }
}

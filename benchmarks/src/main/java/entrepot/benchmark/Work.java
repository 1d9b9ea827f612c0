package entrepot.benchmark;

import java.util.List;

/// One line of work that contenders are given.
///
/// @param contenders all that are compared at it, by name, ours first, present on this machine or not
record Work(Options.Part part, String label, List<String> contenders) {
    private static final List<String> PULLERS = List.of(EntrepotServer.NAME, DockerRegistry.NAME, Nginx.NAME);
    private static final List<String> PUSHERS = List.of(EntrepotServer.NAME, DockerRegistry.NAME, Limit.NAME);
    private static final List<String> PUTTERS =
            List.of(EntrepotServer.NAME, EntrepotServer.NAME_V2, DockerRegistry.NAME);

    /// @param few what a page among many is compared with
    static Work page(String label, String many, String few) {
        return new Work(Options.Part.PAGES, label, List.of(many, few));
    }

    static Work pull(int size) {
        return new Work(Options.Part.PULL, size / 1_000_000 + " MB", PULLERS);
    }

    static Work push(int size) {
        return new Work(Options.Part.PUSH, size / 1_000_000 + " MB", PUSHERS);
    }

    static Work put(int callers) {
        return new Work(Options.Part.PUT, callers + (callers == 1 ? " caller" : " callers"), PUTTERS);
    }
}

package entrepot.console.page;

import entrepot.console.Answer;
import entrepot.console.Figures;
import entrepot.console.Figures.Minute;
import entrepot.console.Frame;
import entrepot.console.Page;
import entrepot.console.Visit;
import entrepot.console.Words;
import entrepot.domain.AccountId;
import entrepot.operation.registry.DescribeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// What this node does, as small plots of the last hour. It tells of all accounts together, so it is for those
/// of the first one who may describe its registry.
public final class FiguresPage implements Page {

    private static final Words ELSEWHERE =
            new Words("You may not", "What a node does is shown to the account that the registry was set up with.", "");

    /// Seconds until it is had again.
    private static final int AGAIN = 30;

    private final Figures figures;
    private final AccountId home;

    FiguresPage(Figures figures, AccountId home) {
        this.figures = figures;
        this.home = home;
    }

    /// What the page shows.
    public record Model(List<Plot> plots) implements Frame.Refreshed {
        @Override
        public int refresh() {
            return AGAIN;
        }
    }

    /// A line over an hour.
    ///
    /// @param sum of the whole hour, for people
    /// @param most of a minute, for people
    /// @param isBad whether it had better be empty
    public record Plot(String name, String sum, String most, String points, boolean isBad) {}

    @Override
    public Answer answer(Visit visit) {
        visit.call(DescribeRegistry.class, new DescribeRegistry.Input());
        if (!visit.caller().principal().account().equals(home)) {
            return ELSEWHERE.answer(403);
        }
        var hour = figures.hour();
        var counted = hour.subList(0, hour.size() - 1);
        return Answer.shown(
                "Figures",
                "figures",
                new Model(List.of(
                        counts("Pulls", counted, Minute::pulls, false),
                        counts("Pushes", counted, Minute::pushes, false),
                        counts("Calls", counted, Minute::calls, false),
                        bytes("Bytes that came", hour, Minute::in),
                        bytes("Bytes that went", hour, Minute::out),
                        counts("Faults", counted, Minute::faults, true))));
    }

    private static Plot counts(String name, List<Minute> minutes, ToLongFunction<Minute> value, boolean isBad) {
        var values = minutes.stream().map(value::applyAsLong).toList();
        return new Plot(name, "%,d".formatted(sum(values)), "%,d".formatted(most(values)), points(values), isBad);
    }

    /// Of what is told as sums since the start.
    private static Plot bytes(String name, List<Minute> minutes, ToLongFunction<Minute> sums) {
        var values = new ArrayList<Long>();
        for (int i = 1; i < minutes.size(); i++) {
            values.add(Math.max(0, sums.applyAsLong(minutes.get(i)) - sums.applyAsLong(minutes.get(i - 1))));
        }
        return new Plot(name, Format.bytes(sum(values)), Format.bytes(most(values)), points(values), false);
    }

    private static long sum(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sum();
    }

    private static long most(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /// For a picture that is 600 wide and 100 high.
    private static String points(List<Long> values) {
        var most = Math.max(1, most(values));
        var text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : " ")
                    .append(600 * i / Math.max(1, values.size() - 1))
                    .append(',')
                    .append(96 - 92 * values.get(i) / most);
        }
        return text.toString();
    }
}

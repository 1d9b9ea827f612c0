package entrepot.console.page;

import entrepot.console.Links;
import entrepot.console.Visit;
import java.util.List;

/// Some rows of a list that is in memory.
///
/// @param before the address of those before; empty for none
/// @param after the address of those after; empty for none
/// @param from the number of the first row, from 1; 0 where there is none
/// @param total how many rows the list has
public record Slice<T>(List<T> rows, String before, String after, int from, int total) {

    public Slice {
        rows = List.copyOf(rows);
    }

    /// The rows that the visit asks for by `from`, where the first is 0. What is no such number, or one that is
    /// too large, means the nearest one that is.
    ///
    /// @param address of the list, without `from`
    static <T> Slice<T> of(List<T> all, int size, Visit visit, String address) {
        var from = Math.clamp(number(visit.asked("from")), 0, Math.max(0, (all.size() - 1) / size * size));
        var end = Math.min(all.size(), from + size);
        return new Slice<>(
                all.subList(from, end),
                from == 0 ? "" : Links.with(address, "from", String.valueOf(Math.max(0, from - size))),
                end == all.size() ? "" : Links.with(address, "from", String.valueOf(end)),
                all.isEmpty() ? 0 : from + 1,
                all.size());
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return text.matches("[0-9]+") ? Integer.MAX_VALUE : 0;
        }
    }

    public int to() {
        return from + rows.size() - 1;
    }
}

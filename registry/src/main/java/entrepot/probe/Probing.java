package entrepot.probe;

import entrepot.aws.model.ApiModel;
import entrepot.upstream.EcrApi;
import entrepot.upstream.UpstreamException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Asks one question after the other, and writes down what came back.
final class Probing {

    /// What no answer came to.
    static final Heard NOTHING = new Heard(0, "", MissingNode.getInstance());

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int TRIES = 5;

    private final EcrApi api;
    private final ApiModel model;
    private final Report report;
    private final Instant end;
    private final InstantSource clock;
    private boolean isOver;

    /// One exchange.
    interface Exchange {
        EcrApi.Answer ask() throws UpstreamException;
    }

    Probing(EcrApi api, ApiModel model, Report report, Duration time, InstantSource clock) {
        this.api = api;
        this.model = model;
        this.report = report;
        this.end = clock.instant().plus(time);
        this.clock = clock;
    }

    ApiModel model() {
        return model;
    }

    Report report() {
        return report;
    }

    EcrApi api() {
        return api;
    }

    /// Asks what is expected to be answered so.
    Heard see(String operation, String point, Map<String, ?> input, Expectation expected) {
        return see(operation, point, JSON.writeValueAsString(input), expected);
    }

    /// The same, with an input that need be no JSON.
    Heard see(String operation, String point, String input, Expectation expected) {
        return see(operation, point, () -> api.ask(operation, input), expected);
    }

    Heard see(String operation, String point, Exchange exchange, Expectation expected) {
        var heard = ask(operation + ", " + point, exchange);
        if (heard.isNothing()) {
            return heard;
        }
        if (!expected.isMet().test(heard)) {
            report.differs(new Deviation(operation, point, expected.words(), heard.brief()));
        } else if (heard.isGood() && model.names().contains(operation)) {
            new Shapes(model)
                    .faults(operation, heard)
                    .forEach(fault -> report.differs(
                            new Deviation(operation, point, "as in the model, " + fault.expected(), fault.found())));
        }
        return heard;
    }

    /// Again where it is throttled, for a while.
    private Heard ask(String what, Exchange exchange) {
        for (int i = 1; !isOver(what); i++) {
            try {
                var heard = Heard.of(exchange.ask());
                if (i == TRIES || !heard.isThrottled()) {
                    report.asked();
                    return heard;
                }
                Thread.sleep(200L << i);
            } catch (UpstreamException e) {
                report.unasked(what, Report.words(e));
                return NOTHING;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return NOTHING;
            }
        }
        return NOTHING;
    }

    /// Told once, since everything after it is not asked either.
    private boolean isOver(String what) {
        if (clock.instant().isBefore(end)) {
            return false;
        }
        if (!isOver) {
            report.unasked(what + " and all that follows", "the time is over");
        }
        isOver = true;
        return true;
    }
}

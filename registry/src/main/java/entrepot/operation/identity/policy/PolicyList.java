package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.domain.Arn;
import entrepot.domain.CustomerPolicy;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.identity.Needs;
import entrepot.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Managed policies in one order: AWS's by ARN, then the account's own by name.
record PolicyList(Transaction tx, Caller caller, ListPolicies.Input input) {

    private static final String AWS = "aws/";
    private static final String OWN = "own/";
    private static final int AT_ONCE = 1_000;

    /// A policy, and where it stands in the order.
    record Entry(String key, PolicyView view) {}

    /// As many as the page may have and one more, if there are as many.
    List<Entry> read(MarkedPage paging) {
        var entries = new ArrayList<Entry>();
        if (!"Local".equals(input.scope())
                && (paging.after() == null || paging.after().startsWith(AWS))) {
            addAws(entries, paging);
        }
        if (!"AWS".equals(input.scope())) {
            addOwn(entries, paging);
        }
        return entries;
    }

    private void addAws(List<Entry> entries, MarkedPage paging) {
        ManagedPolicy.ofAws(caller.partition()).stream()
                .filter(policy -> paging.after() == null || (AWS + policy.arn()).compareTo(paging.after()) > 0)
                .filter(policy -> policy.path().startsWith(prefix()))
                .limit(paging.oneMore())
                .forEach(policy -> add(entries, AWS + policy.arn(), policy));
    }

    /// Where only attached ones are asked for, more are read than are answered with.
    private void addOwn(List<Entry> entries, MarkedPage paging) {
        var after = paging.after() != null && paging.after().startsWith(OWN)
                ? paging.after().substring(OWN.length())
                : null;
        List<CustomerPolicy> policies;
        do {
            policies = more(after);
            for (var policy : policies) {
                if (entries.size() == paging.oneMore()) {
                    return;
                }
                add(entries, OWN + policy.name(), ManagedPolicy.of(caller.partition(), policy));
                after = policy.name();
            }
        } while (policies.size() == AT_ONCE);
    }

    private List<CustomerPolicy> more(@Nullable String after) {
        return tx.policies().list(Needs.account(caller), prefix(), after, AT_ONCE);
    }

    private void add(List<Entry> entries, String key, ManagedPolicy policy) {
        var attachments = tx.policies().attachments(Needs.account(caller), new Arn(policy.arn()));
        if (attachments > 0 || !Boolean.TRUE.equals(input.onlyAttached())) {
            entries.add(new Entry(key, PolicyView.of(policy, attachments, null, null)));
        }
    }

    private String prefix() {
        return input.pathPrefix() == null ? "/" : input.pathPrefix();
    }
}

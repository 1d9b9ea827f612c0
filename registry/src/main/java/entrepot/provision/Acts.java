package entrepot.provision;

import entrepot.domain.AccountId;
import entrepot.domain.Partition;
import entrepot.domain.User;
import entrepot.operation.Deed.Act;
import entrepot.store.AccessKeys.AccessKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one transaction does, in the order in which it does it.
final class Acts {

    private static final String IAM = "iam";

    private final Partition partition;
    private final List<Act> list = new ArrayList<>();

    Acts(Partition partition) {
        this.partition = partition;
    }

    List<Act> list() {
        return List.copyOf(list);
    }

    void createAccount(AccountId account) {
        var root = AccessKey.rootOf(partition, account);
        list.add(new Act("organizations", "CreateAccount", root, account, Map.of("accountId", account.value())));
    }

    void createKey(AccessKey key) {
        key("CreateAccessKey", key);
    }

    void deleteKey(AccessKey key) {
        key("DeleteAccessKey", key);
    }

    private void key(String name, AccessKey key) {
        var parameters = new HashMap<String, String>();
        parameters.put("accessKeyId", key.id());
        var user = key.user();
        if (user != null) {
            parameters.put("userName", user.name().value());
        }
        list.add(new Act(IAM, name, key.principal(partition), key.account(), parameters));
    }

    /// @param name of an operation on a user
    /// @param parameters beside the user's name
    void onUser(String name, User user, Map<String, String> parameters) {
        var all = new HashMap<>(parameters);
        all.put("userName", user.name().value());
        list.add(new Act(IAM, name, user.arn(partition), user.account(), all));
    }
}

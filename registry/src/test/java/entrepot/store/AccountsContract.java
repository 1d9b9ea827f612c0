package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import org.junit.jupiter.api.Test;

public abstract class AccountsContract extends TablesContract {

    @Test
    void an_account_exists_once_it_was_made() {
        assertThat(holds(tx -> tx.accounts().exists(new AccountId("111122223333"))))
                .isFalse();

        write(tx -> tx.accounts().create(new AccountId("111122223333"), NOW));
        write(tx -> tx.accounts().create(new AccountId("111122223333"), NOW));

        assertThat(holds(tx -> tx.accounts().exists(new AccountId("111122223333"))))
                .isTrue();
    }

    @Test
    void accounts_are_listed_in_order_page_by_page() {
        write(tx -> {
            tx.accounts().create(new AccountId("333333333333"), NOW);
            tx.accounts().create(new AccountId("111111111111"), NOW);
            tx.accounts().create(new AccountId("222222222222"), NOW);
        });

        assertThat(listed(tx -> tx.accounts().list(null, 2)))
                .containsExactly(new AccountId("111111111111"), new AccountId("222222222222"));
        assertThat(listed(tx -> tx.accounts().list(new AccountId("222222222222"), 2)))
                .containsExactly(new AccountId("333333333333"));
    }
}

package org.bitcloud.primitives.tx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The transaction tests of the ethereum/tests collection, whose chain id is 1.
///
/// What Ethereum refuses we refuse too. What it takes we take, but for transactions without a
/// chain, and for nonces and gas limits of 2^63 and more.
final class EthereumTransactionsTest {
  /// Refused by fee schedule or contract engine, which are no matter of decoding.
  private static final Set<String> LATER = Set.of("TransactionException.INTRINSIC_GAS_TOO_LOW");

  private static final Set<TransactionRule> STRICTER =
      Set.of(
          TransactionRule.NOT_REPLAY_PROTECTED,
          TransactionRule.NONCE_OVERFLOW,
          TransactionRule.GAS_LIMIT_OVERFLOW);

  static Stream<List<String>> vectors() {
    return Vectors.rows("ethereum-transactions.tsv").stream().map(List::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void decidesAsEthereumDoes(List<String> row) throws MalformedException {
    Bytes encoded = Bytes.fromHex(row.get(4));
    if (row.get(1).equals("valid")) {
      accepts(encoded, row);
    } else if (!LATER.contains(row.get(1))) {
      assertThrows(TransactionException.class, () -> check(encoded));
    }
  }

  private static void accepts(Bytes encoded, List<String> row) throws MalformedException {
    try {
      SignedTransaction transaction = check(encoded);
      assertEquals(row.get(2), transaction.hash().toHex());
      assertEquals(Address.fromHex(row.get(3)), transaction.sender());
      assertEquals(
          encoded, TransactionEncoding.signed(transaction.transaction(), transaction.signature()));
    } catch (TransactionException e) {
      assertTrue(STRICTER.contains(e.rule()), e.getMessage());
    }
  }

  private static SignedTransaction check(Bytes encoded) throws TransactionException {
    SignedTransaction transaction = SignedTransaction.decode(encoded);
    transaction.checkStatic(1);
    transaction.sender();
    return transaction;
  }

  @Test
  void meetsManyDifferentRules() {
    Map<TransactionRule, Integer> rules = new EnumMap<>(TransactionRule.class);
    int accepted = 0;
    for (String[] row : Vectors.rows("ethereum-transactions.tsv")) {
      try {
        check(Vectors.hex(row[4].substring(2)));
        accepted++;
      } catch (TransactionException e) {
        rules.merge(e.rule(), 1, Integer::sum);
      }
    }
    assertTrue(accepted >= 10, "accepted " + accepted);
    assertTrue(
        rules
            .keySet()
            .containsAll(
                Set.of(
                    TransactionRule.MALFORMED,
                    TransactionRule.WRONG_CHAIN_ID,
                    TransactionRule.INVALID_SIGNATURE,
                    TransactionRule.HIGH_S,
                    TransactionRule.NONCE_OVERFLOW,
                    TransactionRule.GAS_LIMIT_OVERFLOW,
                    TransactionRule.TIP_ABOVE_FEE_CAP,
                    TransactionRule.COST_OVERFLOW,
                    TransactionRule.NOT_REPLAY_PROTECTED)),
        rules.toString());
  }
}

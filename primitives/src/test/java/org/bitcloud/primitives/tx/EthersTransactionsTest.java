package org.bitcloud.primitives.tx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.Vectors;
import org.bitcloud.primitives.crypto.KeyPair;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random transactions of all types that ethers made and signed.
final class EthersTransactionsTest {
  static Stream<List<String>> vectors() {
    return Vectors.rows("ethers-transactions.tsv").stream().map(List::of);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void encodesSignsAndDecodesAlike(List<String> row) throws MalformedException {
    Transaction expected = transaction(row);
    SignedTransaction decoded = SignedTransaction.decode(Bytes.fromHex(row.get(5)));
    assertEquals(expected, decoded.transaction());
    assertEquals(row.get(3), decoded.hash().toHex());
    assertEquals(row.get(4), decoded.signingHash().toHex());
    assertEquals(row.get(4), expected.signingHash().toHex());
    assertEquals(Address.fromHex(row.get(2)), decoded.sender());
    try (KeyPair key = KeyPair.fromHex(row.get(1))) {
      SignedTransaction signed = SignedTransaction.sign(expected, key);
      assertEquals(row.get(5), signed.encoded().toHex());
      assertEquals(decoded, signed);
      assertEquals(decoded.sender(), signed.senderIfKnown());
    }
  }

  private static Transaction transaction(List<String> row) throws MalformedException {
    long chainId = Long.parseLong(row.get(6));
    long nonce = Long.parseLong(row.get(7));
    Amount tip = amount(row.get(8));
    Amount feeCap = amount(row.get(9));
    long gasLimit = Long.parseLong(row.get(10));
    @Nullable Address to = row.get(11).isEmpty() ? null : Address.fromHex(row.get(11));
    Amount value = amount(row.get(12));
    Bytes input = Bytes.fromHex(row.get(13));
    List<AccessListEntry> accessList = accessList(Vectors.parse(row.get(14)));
    return switch (row.getFirst()) {
      case "0" -> new LegacyTransaction(chainId, nonce, feeCap, gasLimit, to, value, input);
      case "1" ->
          new AccessListTransaction(chainId, nonce, feeCap, gasLimit, to, value, input, accessList);
      default ->
          new DynamicFeeTransaction(
              chainId, nonce, tip, feeCap, gasLimit, to, value, input, accessList);
    };
  }

  private static Amount amount(String decimal) {
    return Amount.of(new BigInteger(decimal));
  }

  private static List<AccessListEntry> accessList(JsonNode json) throws MalformedException {
    List<AccessListEntry> entries = new ArrayList<>();
    for (JsonNode entry : json) {
      List<Hash> keys = new ArrayList<>();
      for (JsonNode key : entry.get("storageKeys")) {
        keys.add(Hash.fromHex(key.textValue()));
      }
      entries.add(new AccessListEntry(Address.fromHex(entry.get("address").textValue()), keys));
    }
    return entries;
  }
}

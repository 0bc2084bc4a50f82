package org.bitcloud.chain;

import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.bitcloud.primitives.tx.SignedTransaction;

/// Transactions that nobody can have signed, for tests.
public final class Forgery {
  private static final int R_FIELD = 10;

  private Forgery() {}

  /// A well-formed transaction from which no key can be recovered: its r is in range, but 5 is the
  /// x of no point on the curve.
  public static SignedTransaction unrecoverable() {
    try {
      Bytes good = TestNetwork.transfer(0, 0, 1).encoded();
      RlpReader in = RlpReader.of(good.slice(1));
      RlpWriter out = new RlpWriter();
      in.enterList();
      out.beginList();
      for (int field = 0; in.hasNext(); field++) {
        Bytes item = in.rawNext();
        if (field == R_FIELD) {
          out.amount(Amount.of(5));
        } else {
          out.raw(item);
        }
      }
      out.endList();
      return SignedTransaction.decode(Bytes.concat(good.slice(0, 1), out.toBytes()));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }
}

package org.bitcloud.market.protocol;

import org.bitcloud.contracts.storage.PriceList;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.crypto.Keccak;
import org.bitcloud.primitives.rlp.RlpWriter;

/// What a provider signs when it quotes its prices to a peer.
public final class PriceDigest {
  private static final Bytes TAG = Bytes.ofUtf8("bitcloud/price/1/quote");

  private PriceDigest() {}

  /// The digest of a price list of a provider on a network.
  public static Hash of(Hash genesisHash, Address provider, PriceList prices) {
    Bytes encoded = RlpWriter.encode(out -> MarketValues.write(out, prices));
    return Keccak.hash(TAG, genesisHash.bytes(), provider.bytes(), encoded);
  }
}

package org.bitcloud.consensus.ledger;

import java.util.ArrayList;
import java.util.List;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.rlp.RlpReader;
import org.bitcloud.primitives.rlp.RlpWriter;

/// RLP of [FinalityProof]: a list that begins with the kind.
final class FinalityProofCodec {
  private static final int OWN_SEAL = 0;
  private static final int CERTIFICATE = 1;
  private static final int DEPTH = 2;
  private static final int EXTERNAL = 3;
  private static final int EACH = 0;
  private static final int AGGREGATE = 1;

  private static final int SIGNATURE_SIZE = 64;
  private static final int SIGNERS_BYTES_MAX = 512; // 4,096 validators
  private static final int AGGREGATE_BYTES_MAX = 96;
  private static final int PROTOCOL_MAX = 32;
  private static final int EXTERNAL_BYTES_MAX = 256 << 10;
  private static final int BYTES_MAX = 8 * SIGNERS_BYTES_MAX * (SIGNATURE_SIZE + 2) + 1024;

  private FinalityProofCodec() {}

  static Bytes encode(FinalityProof proof) {
    return RlpWriter.encode(
        out -> {
          out.beginList();
          switch (proof) {
            case FinalityProof.OwnSeal() -> out.number(OWN_SEAL);
            case FinalityProof.Depth(int confirmations) -> out.number(DEPTH).number(confirmations);
            case FinalityProof.External(String protocol, Bytes encoded) ->
                out.number(EXTERNAL).text(protocol).bytes(encoded);
            case FinalityProof.Certificate certificate -> {
              out.number(CERTIFICATE).number(certificate.term()).number(certificate.view());
              out.hash(certificate.block()).bytes(certificate.signers());
              encode(certificate.signatures(), out);
            }
          }
          out.endList();
        });
  }

  private static void encode(SignatureBundle bundle, RlpWriter out) {
    out.beginList();
    switch (bundle) {
      case SignatureBundle.Each(List<Bytes> signatures) -> {
        out.number(EACH);
        signatures.forEach(out::bytes);
      }
      case SignatureBundle.Aggregate(Bytes signature) -> out.number(AGGREGATE).bytes(signature);
    }
    out.endList();
  }

  static FinalityProof decode(Bytes encoded) throws MalformedException {
    if (encoded.size() > BYTES_MAX) {
      throw new MalformedException("finality proof of " + encoded.size() + " bytes");
    }
    RlpReader in = RlpReader.of(encoded);
    in.enterList();
    long kind = in.readNumber();
    FinalityProof proof =
        switch ((int) Math.min(kind, Integer.MAX_VALUE)) {
          case OWN_SEAL -> new FinalityProof.OwnSeal();
          case DEPTH -> new FinalityProof.Depth(readInt(in));
          case EXTERNAL ->
              new FinalityProof.External(
                  in.readText(PROTOCOL_MAX), in.readBytes(EXTERNAL_BYTES_MAX));
          case CERTIFICATE -> readCertificate(in);
          default -> throw new MalformedException("finality proof of kind " + kind);
        };
    in.leaveList();
    in.end();
    return proof;
  }

  private static int readInt(RlpReader in) throws MalformedException {
    long number = in.readNumber();
    if (number > Integer.MAX_VALUE) {
      throw new MalformedException("depth " + number);
    }
    return (int) number;
  }

  private static FinalityProof.Certificate readCertificate(RlpReader in) throws MalformedException {
    long term = in.readNumber();
    long view = in.readNumber();
    var block = in.readHash();
    Bytes signers = in.readBytes(SIGNERS_BYTES_MAX);
    int count = 0;
    for (int i = 0; i < signers.size(); i++) {
      count += Integer.bitCount(signers.unsigned(i));
    }
    in.enterList();
    long form = in.readNumber();
    SignatureBundle bundle;
    if (form == AGGREGATE) {
      bundle = new SignatureBundle.Aggregate(in.readBytes(AGGREGATE_BYTES_MAX));
    } else if (form == EACH) {
      List<Bytes> signatures = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        signatures.add(in.readExact(SIGNATURE_SIZE));
      }
      bundle = new SignatureBundle.Each(signatures);
    } else {
      throw new MalformedException("signatures of form " + form);
    }
    in.leaveList();
    return new FinalityProof.Certificate(term, view, block, signers, bundle);
  }
}

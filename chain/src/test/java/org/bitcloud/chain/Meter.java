package org.bitcloud.chain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcloud.contracts.AbiContract;
import org.bitcloud.contracts.AttestationRules;
import org.bitcloud.contracts.CallContext;
import org.bitcloud.contracts.Corporation;
import org.bitcloud.contracts.GenesisException;
import org.bitcloud.contracts.HookContext;
import org.bitcloud.contracts.Revert;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.attestation.AttestationSigners;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.primitives.attestation.BandwidthCredit;
import org.bitcloud.primitives.attestation.BandwidthMeasurement;
import org.bitcloud.primitives.rlp.RlpWriter;
import org.jspecify.annotations.Nullable;

/// Rules for attestations small enough for tests: seat i belongs to user i, window w of epoch 0 is
/// due in the blocks up to height w + 10, each once, and the bytes of all credits add up to the
/// target's score.
///
/// @param fromHeight first height at which they are active
public record Meter(long fromHeight) implements Corporation, AttestationRules {
  public static final Address ADDRESS =
      new Address(Bytes.concat(Bytes.wrap(new byte[18]), Bytes.of((byte) 0xbc, (byte) 0xfe)));

  private static final long DUE_FOR = 10;

  @Override
  public Address address() {
    return ADDRESS;
  }

  @Override
  public String name() {
    return "meter";
  }

  @Override
  public AbiContract abi() {
    return new AbiContract("Meter", List.of(), List.of(), List.of());
  }

  @Override
  public Optional<AttestationRules> attestationRules(long height) {
    return height < fromHeight ? Optional.empty() : Optional.of(this);
  }

  @Override
  public void attest(
      HookContext context, BandwidthAttestation attestation, AttestationSigners signers)
      throws Revert {
    BandwidthMeasurement measurement = attestation.measurement();
    Bytes done = key("done", measurement.window(), measurement.target());
    if (measurement.epoch() != 0 || context.block().height() > measurement.window() + DUE_FOR) {
      throw new Revert("MET-01", "window is not due");
    }
    if (context.read(done) != null) {
      throw new Revert("MET-02", "attested before");
    }
    context.write(done, Bytes.of((byte) 1));
    long bytes = score(context.read(key("score", measurement.target())));
    for (int i = 0; i < measurement.credits().size(); i++) {
      BandwidthCredit credit = measurement.credits().get(i);
      belongsTo(credit.challenger(), signers.challengers().get(i));
      bytes += credit.bytes();
    }
    belongsTo(measurement.target(), signers.target());
    context.write(key("score", measurement.target()), Amount.of(bytes).toBytes32());
  }

  private static void belongsTo(long seat, Address signer) throws Revert {
    if (seat >= TestNetwork.USERS || !TestNetwork.user((int) seat).equals(signer)) {
      throw new Revert("MET-03", "another key owns seat " + seat);
    }
  }

  /// The entry with a seat's score.
  public static Bytes scoreKey(long seat) {
    return key("score", seat);
  }

  public static long score(@Nullable Bytes stored) {
    return stored == null ? 0 : Amount.ofBytes(stored).drops().longValueExact();
  }

  private static Bytes key(String name, long... numbers) {
    return RlpWriter.encode(
        out -> {
          out.beginList().text(name);
          for (long number : numbers) {
            out.number(number);
          }
          out.endList();
        });
  }

  @Override
  public Bytes call(CallContext context, Bytes input) throws Revert {
    throw new Revert("MET-04", "nothing to call");
  }

  @Override
  public void beginBlock(HookContext context) {}

  @Override
  public void genesis(HookContext context, Map<String, String> parameters)
      throws GenesisException {}
}

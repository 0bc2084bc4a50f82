package org.bitcloud.node.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.bitcloud.market.renter.Renter;
import org.bitcloud.market.renter.RenterPorts;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.node.adapter.TcpWire;
import org.bitcloud.node.wiring.Assembly;
import org.bitcloud.p2p.ConnectionLimits;
import org.bitcloud.p2p.TcpTransport;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;

/// A verb of `storage`: it opens the account's renter and closes it again.
abstract class StorageVerb extends NetworkVerb {
  StorageVerb(Cli cli) {
    super(cli);
  }

  /// Does the work with an open renter.
  abstract void run(Renter renter, Target target) throws Exception;

  @Override
  void run() throws Exception {
    check();
    Target target = target();
    Assembly assembly = new Assembly();
    InstantSource clock = assembly.clock();
    SecureRandom random = assembly.random();
    try (RpcLedger ledger = target.ledger();
        TcpTransport transport = new TcpTransport(ConnectionLimits.DEFAULT)) {
      KeyPair key = key(target, ledger);
      Path home = target.user().resolve("accounts").resolve(key.address().toHex());
      RenterPorts ports = new RenterPorts(ledger, new TcpWire(transport), key, clock, random);
      try (Renter renter = Renter.open(home, ports)) {
        run(renter, target);
      }
    }
  }

  /// Looks at the arguments before anything is opened.
  void check() throws Exception {}

  static Hash id(String text) throws CliException {
    try {
      return Hash.fromHex(text.startsWith("0x") ? text : "0x" + text);
    } catch (MalformedException e) {
      throw new CliException(
          "not an object's id: " + text, "0x and 64 hex digits; see: bitcloud storage ls");
    }
  }

  static String shortId(Hash id) {
    return id.toHex().substring(0, 12);
  }
}

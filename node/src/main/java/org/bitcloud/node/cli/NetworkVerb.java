package org.bitcloud.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.bitcloud.market.LedgerException;
import org.bitcloud.node.adapter.RpcLedger;
import org.bitcloud.node.control.ControlException;
import org.bitcloud.node.devnet.DevnetKeys;
import org.bitcloud.primitives.crypto.KeyPair;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A verb that talks to a node, perhaps for an account.
abstract class NetworkVerb extends Verb {
  @Option(
      names = "--rpc",
      paramLabel = "URL",
      description = "JSON-RPC of a node, instead of the devnet in --dir")
  @Nullable String rpc;

  @Option(
      names = {"--account", "--from"},
      paramLabel = "ACCOUNT",
      description = "devnet account 0-9, name of a keystore, or address (default: 0)")
  String account = "0";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "its first line opens the keystore (else BITCLOUD_PASSWORD, or a question)")
  @Nullable Path passwordFile;

  NetworkVerb(Cli cli) {
    super(cli);
  }

  /// The network by `--rpc` or `--dir`.
  Target target() throws CliException, ControlException {
    return Target.find(cli, directory, rpc);
  }

  Accounts accounts(Target target) {
    return new Accounts(cli, target.user(), passwordFile);
  }

  /// The signing key of `--account`; devnet keys only on a devnet.
  KeyPair key(Target target, RpcLedger ledger) throws CliException, IOException, LedgerException {
    KeyPair key = accounts(target).key(account);
    long chainId = ledger.network().chainId();
    if (chainId != DevnetKeys.CHAIN_ID && DevnetKeys.areKnown(key.address())) {
      throw new CliException(
          "account "
              + account
              + " is a devnet account whose key everybody knows, and this is chain "
              + chainId,
          "name your own with --account NAME; make one with: bitcloud wallet create NAME");
    }
    return key;
  }
}

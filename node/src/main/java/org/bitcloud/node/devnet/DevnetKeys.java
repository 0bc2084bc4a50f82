package org.bitcloud.node.devnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitcloud.chain.block.Genesis;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.node.ServiceException;
import org.bitcloud.primitives.Address;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.crypto.KeyPair;
import org.bitcloud.primitives.wallet.DerivationPath;
import org.bitcloud.primitives.wallet.Mnemonic;

/// The keys of every devnet, which the whole world knows.
public final class DevnetKeys {
  /// The chain id of devnets.
  public static final long CHAIN_ID = 201_403;

  /// The seed phrase that developers' tools share.
  public static final String MNEMONIC =
      "test test test test test test test test test test test junk";

  /// How many accounts the genesis funds for users.
  public static final int USERS = 10;

  private static final Mnemonic SEED = seed();

  private DevnetKeys() {}

  private static Mnemonic seed() {
    try {
      return Mnemonic.parse(MNEMONIC);
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A user's key: `m/44'/60'/0'/0/index`.
  public static KeyPair user(int index) {
    return SEED.derive(DerivationPath.ethereum(0, index));
  }

  /// A node's key: `m/44'/60'/1'/0/index`; 0 is the validator, from 1 on providers.
  public static KeyPair node(int index) {
    return SEED.derive(DerivationPath.ethereum(1, index));
  }

  /// The addresses of the funded users.
  public static List<Address> users() {
    List<Address> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      users.add(user(i).address());
    }
    return users;
  }

  /// Whether the whole world can sign for an account: one of the first keys of either kind.
  public static boolean areKnown(Address account) {
    return Known.ACCOUNTS.contains(account);
  }

  /* Deriving all of them takes a while: once, and only where somebody asks. */
  private static final class Known {
    private static final Set<Address> ACCOUNTS =
        Stream.concat(
                users().stream(),
                IntStream.rangeClosed(0, DevnetSettings.PROVIDERS_MAX)
                    .mapToObj(index -> node(index).address()))
            .collect(Collectors.toUnmodifiableSet());
  }

  /// Whose transactions a node does not take: nobody's on a devnet that only this machine can
  /// reach, else those that everybody can sign.
  ///
  /// @param chainId the network's
  /// @param host address on which JSON-RPC listens
  public static Predicate<Address> barred(long chainId, String host) {
    return chainId == CHAIN_ID && isLoopback(host) ? _ -> false : DevnetKeys::areKnown;
  }

  /// Refuses keys that everybody knows where they would hold something of value.
  ///
  /// @param chainId the network's
  /// @param host address on which JSON-RPC listens
  public static void guard(Address account, long chainId, String host) throws ServiceException {
    if (chainId == CHAIN_ID && isLoopback(host)) {
      return;
    }
    if (areKnown(account)) {
      throw new ServiceException(
          "the key of %s is a devnet key that everybody knows: it may be used only on chain %d with JSON-RPC on loopback (make a key with: bitcloud wallet create)"
              .formatted(account.checksum(), CHAIN_ID));
    }
  }

  /// Refuses to show the world a network whose first coins everybody can spend.
  ///
  /// @param host address on which JSON-RPC listens
  public static void guard(Genesis genesis, String host) throws ServiceException {
    if (isLoopback(host)) {
      return;
    }
    for (GenesisAllocation first : genesis.allocations()) {
      if (areKnown(first.address())) {
        throw new ServiceException(
            "the genesis funds %s, a devnet key that everybody knows: JSON-RPC on %s would let anyone spend it (keep --rpc-host 127.0.0.1, or name a genesis of your own with --genesis FILE)"
                .formatted(first.address().checksum(), host));
      }
    }
  }

  /// Whether only this machine can reach an address.
  public static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }
}

package org.bitcloud.node.config;

import java.util.Locale;

/// Everything that can be set in `config.json`, by a `BITCLOUD_…` variable or by a flag.
public enum Setting {
  /// A network that ships with the build.
  NETWORK("network", "devnet"),
  /// A genesis file, instead of a network by name.
  GENESIS("genesis", ""),
  /// The account of the node: a keystore's name or file, or `node:N` on a devnet.
  ACCOUNT("account", ""),
  /// A file whose first line is the password of the keystore.
  PASSWORD_FILE("passwordFile", ""),
  /// Address on which JSON-RPC listens.
  RPC_HOST("rpcHost", "127.0.0.1"),
  /// Port of JSON-RPC; 0 picks a free one.
  RPC_PORT("rpcPort", "8545"),
  /// JSON-RPC of the node that a provider or gateway asks.
  LEDGER("ledger", "http://127.0.0.1:8545"),
  /// Address on which the gateway listens.
  GATEWAY_HOST("gatewayHost", "127.0.0.1"),
  /// Port of the gateway; 0 picks a free one.
  GATEWAY_PORT("gatewayPort", "8080"),
  /// Multiaddr on which a provider listens; port 0 picks a free one.
  LISTEN("listen", "/ip4/127.0.0.1/tcp/0"),
  /// Multiaddr that a provider posts on chain; empty for the one it listens on.
  ADVERTISE("advertise", ""),
  /// GiB that a provider offers.
  CAPACITY_GIB("capacityGiB", "64"),
  /// Cloudcoins per GiB and month of 30 days.
  STORAGE_PRICE("storagePrice", "10"),
  /// Cloudcoins per GiB written.
  INGRESS_PRICE("ingressPrice", "0"),
  /// Cloudcoins per GiB read.
  EGRESS_PRICE("egressPrice", "0"),
  /// Cloudcoins per GiB that a provider locks.
  COLLATERAL("collateral", "30"),
  /// Longest term of a contract in days.
  LONGEST_DAYS("longestDays", "365"),
  /// Cloudcoins that a provider keeps at the corporation.
  FUNDS("funds", "2000"),
  /// Whether pending transactions are kept across restarts: `on` or `off`.
  POOL_JOURNAL("poolJournal", "on"),
  /// Whether `/metrics` is served beside JSON-RPC: `on` or `off`.
  METRICS("metrics", "on"),
  /// Memory for the database's caches, and for the state's tree and entries.
  DATABASE_MIB("databaseMiB", Long.toString(DatabaseMemory.mib(Runtime.getRuntime().maxMemory()))),
  /// How many of the last blocks, receipts and states are kept; empty for all blocks.
  PRUNE("prune", ""),
  /// Whether the state after every block is kept: `on` or `off`.
  ARCHIVE("archive", "off"),
  /// Threads that look for nonces, where the engine asks for work.
  MINER_THREADS("minerThreads", "1"),
  /// Form of log lines: `text` or `json`.
  LOG_FORMAT("logFormat", "text"),
  /// Least level that is logged: `debug`, `info`, `warn`, `error`.
  LOG_LEVEL("logLevel", "info");

  private final String key;
  private final String otherwise;

  Setting(String key, String otherwise) {
    this.key = key;
    this.otherwise = otherwise;
  }

  /// The key in `config.json`.
  public String key() {
    return key;
  }

  /// The value where nothing is said.
  public String otherwise() {
    return otherwise;
  }

  /// The environment variable, such as `BITCLOUD_RPC_PORT`.
  public String variable() {
    return "BITCLOUD_" + name();
  }

  /// The flag, such as `--rpc-port`.
  public String flag() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

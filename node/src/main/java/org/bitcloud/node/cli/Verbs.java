package org.bitcloud.node.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The tree of all commands.
final class Verbs {
  private Verbs() {}

  /// Builds the tree over a console: of a known first word only its branch, since building all of
  /// them takes longer than most commands.
  static CommandLine of(Cli cli, String... args) {
    Map<String, Supplier<Object>> branches = new LinkedHashMap<>();
    branches.put("devnet", () -> devnet(cli));
    branches.put("node", () -> new NodeVerb(cli));
    branches.put("gateway", () -> new GatewayVerb(cli));
    branches.put("provider", () -> provider(cli));
    branches.put("wallet", () -> wallet(cli));
    branches.put("storage", () -> storage(cli));
    branches.put("name", () -> name(cli));
    branches.put("chain", () -> chain(cli));
    branches.put("bench", () -> bench(cli));
    branches.put("signer", () -> signer(cli));
    branches.put("config", () -> config(cli));
    branches.put("genesis", () -> genesis(cli));
    branches.put("keygen", () -> new KeygenVerb(cli));
    branches.put("completion", () -> new CompletionVerb(cli));
    branches.put("version", () -> new VersionVerb(cli));
    if (args.length > 0 && branches.containsKey(args[0])) {
      branches.keySet().retainAll(Set.of(args[0]));
    }
    CommandLine root = new CommandLine(new Bitcloud.Root());
    branches.forEach((name, branch) -> root.addSubcommand(name, branch.get()));
    return root;
  }

  private static CommandLine devnet(Cli cli) {
    CommandLine devnet = new CommandLine(new DevnetVerb(cli));
    devnet.addSubcommand(new DevnetNodesVerb.Kill(cli));
    devnet.addSubcommand(new DevnetNodesVerb.Stop(cli));
    devnet.addSubcommand(new DevnetNodesVerb.Start(cli));
    devnet.addSubcommand(new DevnetStatusVerb(cli));
    devnet.addSubcommand(new DevnetWarpVerb(cli));
    return devnet;
  }

  private static CommandLine provider(Cli cli) {
    CommandLine provider = new CommandLine(new ProviderGroup());
    provider.addSubcommand(new ProviderVerbs.Init(cli));
    provider.addSubcommand(new ProviderStartVerb(cli));
    provider.addSubcommand(new ProviderVerbs.Status(cli));
    provider.addSubcommand(new ProviderVerbs.Price(cli));
    provider.addSubcommand(new ProviderVerbs.Withdraw(cli));
    return provider;
  }

  private static CommandLine wallet(Cli cli) {
    CommandLine wallet = new CommandLine(new WalletGroup());
    wallet.addSubcommand(new WalletVerbs.Create(cli));
    wallet.addSubcommand(new WalletVerbs.Import(cli));
    wallet.addSubcommand(new WalletExportVerb(cli));
    wallet.addSubcommand(new WalletVerbs.ListAccounts(cli));
    wallet.addSubcommand(new BalanceVerb(cli));
    wallet.addSubcommand(new SendVerb(cli));
    wallet.addSubcommand(new HistoryVerb(cli));
    return wallet;
  }

  private static CommandLine config(Cli cli) {
    CommandLine config = new CommandLine(new ConfigGroup());
    config.addSubcommand(new ConfigShowVerb(cli));
    return config;
  }

  private static CommandLine genesis(Cli cli) {
    CommandLine genesis = new CommandLine(new GenesisGroup());
    genesis.addSubcommand(new GenesisInitVerb(cli));
    genesis.addSubcommand(new GenesisVerbs.Validate(cli));
    genesis.addSubcommand(new GenesisVerbs.PrintHash(cli));
    return genesis;
  }

  private static CommandLine chain(Cli cli) {
    CommandLine chain = new CommandLine(new ChainGroup());
    chain.addSubcommand(new ChainInfoVerb(cli));
    chain.addSubcommand(new ChainVerifyVerb(cli));
    chain.addSubcommand(new ChainExportVerb(cli));
    chain.addSubcommand(new ChainImportVerb(cli));
    CommandLine snapshot = new CommandLine(new SnapshotGroup());
    snapshot.addSubcommand(new SnapshotVerbs.Export(cli));
    snapshot.addSubcommand(new SnapshotVerbs.Import(cli));
    chain.addSubcommand(snapshot);
    return chain;
  }

  private static CommandLine bench(Cli cli) {
    CommandLine bench = new CommandLine(new BenchGroup());
    bench.addSubcommand(new BenchVerifyVerb(cli));
    bench.addSubcommand(new BenchImportVerb(cli));
    bench.addSubcommand(new BenchRpcVerb(cli));
    return bench;
  }

  private static CommandLine signer(Cli cli) {
    CommandLine signer = new CommandLine(new SignerGroup());
    signer.addSubcommand(new SignerVerbs.Propose(cli));
    signer.addSubcommand(new SignerVerbs.Discard(cli));
    signer.addSubcommand(new SignerVerbs.ListSigners(cli));
    return signer;
  }

  private static CommandLine name(Cli cli) {
    CommandLine name = new CommandLine(new NameGroup());
    name.addSubcommand(new NameRegisterVerb(cli));
    name.addSubcommand(new NameVerbs.Renew(cli));
    name.addSubcommand(new NameVerbs.Transfer(cli));
    name.addSubcommand(new NameVerbs.SetRecord(cli));
    name.addSubcommand(new NameVerbs.Resolve(cli));
    name.addSubcommand(new NameVerbs.Show(cli));
    return name;
  }

  private static CommandLine storage(Cli cli) {
    CommandLine storage = new CommandLine(new StorageGroup());
    storage.addSubcommand(new ProvidersVerb(cli));
    storage.addSubcommand(new CostVerb(cli));
    storage.addSubcommand(new PutVerb(cli));
    storage.addSubcommand(new GetVerb(cli));
    storage.addSubcommand(new ListVerb(cli));
    storage.addSubcommand(new RemoveVerb(cli));
    storage.addSubcommand(new ContractsVerb(cli));
    storage.addSubcommand(new VerifyVerb(cli));
    return storage;
  }

  /// `provider` groups what a provider's operator does.
  @Command(name = "provider", description = "Run a provider of storage and look after it.")
  static final class ProviderGroup extends Group {}

  /// `wallet` groups accounts and coins.
  @Command(name = "wallet", description = "Accounts and coins.")
  static final class WalletGroup extends Group {}

  /// `config` groups settings.
  @Command(name = "config", description = "Look at a node's settings.")
  static final class ConfigGroup extends Group {}

  /// `genesis` groups foundings of networks.
  @Command(name = "genesis", description = "Make or check the file that founds a network.")
  static final class GenesisGroup extends Group {}

  /// `storage` groups files.
  @Command(name = "storage", description = "Store files and get them back.")
  static final class StorageGroup extends Group {}

  /// `name` groups names.
  @Command(name = "name", description = "Names: register, renew, transfer, set, resolve.")
  static final class NameGroup extends Group {}

  /// `chain snapshot` groups states in files.
  @Command(name = "snapshot", description = "Start a node with a state instead of all blocks.")
  static final class SnapshotGroup extends Group {}

  /// `bench` groups measurements.
  @Command(name = "bench", description = "Measure this node on this machine.")
  static final class BenchGroup extends Group {}

  /// `chain` groups the ledger.
  @Command(name = "chain", description = "Look at the chain, verify it, move it.")
  static final class ChainGroup extends Group {}

  /// `signer` groups votes on the signers of a `poa` network.
  @Command(name = "signer", description = "Vote on who signs the blocks of a poa network.")
  static final class SignerGroup extends Group {}
}

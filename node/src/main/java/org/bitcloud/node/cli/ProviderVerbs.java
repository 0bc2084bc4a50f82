package org.bitcloud.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.bitcloud.node.ProviderPrices;
import org.bitcloud.node.config.NodeConfig;
import org.bitcloud.node.config.Setting;
import org.bitcloud.node.control.ControlClient;
import org.bitcloud.node.control.ControlException;
import org.bitcloud.primitives.Amount;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Verbs of `provider` that look after a provider in a folder.
abstract class ProviderVerbs extends Verb {
  ProviderVerbs(Cli cli) {
    super(cli);
  }

  @Override
  Path directory() {
    return directory != null ? super.directory() : cli.home().resolve("provider");
  }

  /// The control port of the provider that runs in the folder.
  ControlClient control() throws CliException, ControlException {
    return Target.nodeControl(directory())
        .orElseThrow(
            () ->
                new CliException(
                    "no provider runs in " + directory(),
                    "start it with: bitcloud provider start; or name its folder with --dir, such as DEVNET/provider-1"));
  }

  /// Writes a provider's settings.
  @Command(
      name = "init",
      description = "Write the settings of a provider into its folder.",
      footer = {
        "",
        "Example:",
        "  bitcloud provider init --dir /data/p --account alice --capacity-gib 500 --storage-price 8"
      })
  static final class Init extends ProviderVerbs {
    @Option(
        names = "--account",
        paramLabel = "NAME",
        required = true,
        description = "keystore of the account that is paid, or node:N on a devnet")
    String account = "";

    @Option(
        names = "--rpc",
        paramLabel = "URL",
        description = "JSON-RPC of a node (default: http://127.0.0.1:8545)")
    @Nullable String rpc;

    @Option(
        names = "--listen",
        paramLabel = "MULTIADDR",
        description = "where to listen (default: /ip4/127.0.0.1/tcp/0)")
    @Nullable String listen;

    @Option(
        names = "--advertise",
        paramLabel = "MULTIADDR",
        description = "what renters dial, if that differs")
    @Nullable String advertise;

    @Option(
        names = "--capacity-gib",
        paramLabel = "N",
        description = "space to offer (default: 64)")
    @Nullable Long capacity;

    @Option(
        names = "--storage-price",
        paramLabel = "CLD",
        description = "per GiB and month of 30 days (default: 10)")
    @Nullable String storage;

    @Option(
        names = "--collateral",
        paramLabel = "CLD",
        description = "locked per GiB (default: 30)")
    @Nullable String collateral;

    @Option(
        names = "--funds",
        paramLabel = "CLD",
        description = "kept at the corporation (default: 2000)")
    @Nullable String funds;

    Init(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      if (NodeConfig.isWritten(directory())) {
        throw new CliException(
            directory() + " has a config.json", "edit it, or choose another --dir");
      }
      Map<Setting, String> settings = new EnumMap<>(Setting.class);
      Flags.put(settings, Setting.ACCOUNT, account);
      Flags.put(settings, Setting.LEDGER, rpc);
      Flags.put(settings, Setting.LISTEN, listen);
      Flags.put(settings, Setting.ADVERTISE, advertise);
      Flags.put(settings, Setting.CAPACITY_GIB, capacity);
      Flags.put(settings, Setting.STORAGE_PRICE, storage);
      Flags.put(settings, Setting.COLLATERAL, collateral);
      Flags.put(settings, Setting.FUNDS, funds);
      NodeConfig checked = NodeConfig.load(directory(), Map.of(), settings);
      ProviderPrices _ = checked.prices();
      var _ = checked.listen();
      var _ = checked.advertise();
      long _ = checked.capacitySectors();
      Amount _ = checked.funds();
      NodeConfig.write(directory(), settings);
      if (json) {
        print(object().put("dir", directory().toString()));
      } else {
        say("settings are in %s", directory().resolve("config.json"));
        say("start with: bitcloud provider start --dir %s", directory());
      }
    }
  }

  /// Shows how a provider stands.
  @Command(
      name = "status",
      description = "Show space, contracts, proofs and coins of a running provider.")
  static final class Status extends ProviderVerbs {
    Status(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      try (ControlClient control = control()) {
        JsonNode status = control.call("status", object());
        if (json) {
          print(status);
          return;
        }
        say("account    %s", status.path("address").asText());
        say(
            "endpoint   %s%s",
            status.path("endpoint").asText(),
            status.path("posted").asBoolean() ? "" : "  (prices are not on chain yet)");
        say(
            "space      %s stored, %s promised, of %s",
            size(status, "storedSectors"),
            size(status, "promisedSectors"),
            size(status, "capacitySectors"));
        say(
            "contracts  %d, sessions %d",
            status.path("contracts").asLong(), status.path("sessions").asLong());
        say(
            "proofs     %d windows since the start, the last one %d with %d of 20",
            status.path("windowsProven").asLong(),
            status.path("lastWindow").asLong(),
            status.path("lastLeaves").asLong());
        JsonNode books = status.path("books");
        say(
            "coins      %s free, %s locked, earned %s, lost %s",
            coins(books, "funds"),
            coins(books, "locked"),
            coins(books, "earned"),
            coins(books, "penalties"));
        if (!status.path("damaged").isEmpty()) {
          say("damaged    %d sectors", status.path("damaged").size());
        }
        for (String trouble : new String[] {"problem", "failure"}) {
          if (!status.path(trouble).asText().isEmpty()) {
            say("%-10s %s", trouble, status.path(trouble).asText());
          }
        }
      }
    }

    private static String size(JsonNode status, String field) {
      return Money.bytes(status.path(field).asLong() << 22);
    }

    private static String coins(JsonNode books, String field) {
      return Money.show(new BigInteger(books.path(field).asText("0")));
    }
  }

  /// Changes a provider's prices.
  @Command(
      name = "price",
      description = "Change the prices: in the settings, and at once where the provider runs.",
      footer = {"", "Example:", "  bitcloud provider price --storage 8 --collateral 24"})
  static final class Price extends ProviderVerbs {
    @Option(names = "--storage", paramLabel = "CLD", description = "per GiB and month of 30 days")
    @Nullable String storage;

    @Option(names = "--ingress", paramLabel = "CLD", description = "per GiB written")
    @Nullable String ingress;

    @Option(names = "--egress", paramLabel = "CLD", description = "per GiB read")
    @Nullable String egress;

    @Option(names = "--collateral", paramLabel = "CLD", description = "locked per GiB")
    @Nullable String collateral;

    Price(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      Map<Setting, String> settings = NodeConfig.written(directory());
      Flags.put(settings, Setting.STORAGE_PRICE, storage);
      Flags.put(settings, Setting.INGRESS_PRICE, ingress);
      Flags.put(settings, Setting.EGRESS_PRICE, egress);
      Flags.put(settings, Setting.COLLATERAL, collateral);
      ProviderPrices prices = NodeConfig.load(directory(), Map.of(), settings).prices();
      boolean running = Target.nodeControl(directory()).isPresent();
      if (running) {
        try (ControlClient control = control()) {
          JsonNode _ =
              control.call(
                  "price",
                  object()
                      .put("storage", Money.drops(prices.storage()))
                      .put("ingress", Money.drops(prices.ingress()))
                      .put("egress", Money.drops(prices.egress()))
                      .put("collateral", Money.drops(prices.collateral()))
                      .put("longestDays", prices.longest().toDays()));
        }
      }
      NodeConfig.write(directory(), settings);
      ObjectNode line =
          object()
              .put("storage", Money.drops(prices.storage()))
              .put("collateral", Money.drops(prices.collateral()))
              .put("applied", running);
      if (json) {
        print(line);
      } else {
        say(
            "%s per GiB and month, %s collateral per GiB%s",
            Money.show(prices.storage()),
            Money.show(prices.collateral()),
            running ? "" : " (from the next start on)");
      }
    }
  }

  /// Takes earnings out.
  @Command(
      name = "withdraw",
      description = "Take free funds at the corporation back to the provider's account.",
      footer = {"", "Example:", "  bitcloud provider withdraw 12.5"})
  static final class Withdraw extends ProviderVerbs {
    @Parameters(paramLabel = "AMOUNT", description = "cloudcoins such as 1.5, or 100drops")
    String amount = "";

    Withdraw(Cli cli) {
      super(cli);
    }

    @Override
    void run() throws Exception {
      Amount wanted = Money.parse(amount);
      try (ControlClient control = control()) {
        JsonNode receipt = control.call("withdraw", object().put("amount", Money.drops(wanted)));
        if (json) {
          print(receipt);
        } else {
          say(
              "withdrew %s in transaction %s",
              Money.show(wanted), receipt.path("transaction").asText());
        }
      }
    }
  }
}

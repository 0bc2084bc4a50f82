package org.bitcloud.node.config;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitcloud.consensus.pow.Miner;
import org.bitcloud.node.History;
import org.bitcloud.node.Logs;
import org.bitcloud.node.ProviderPrices;
import org.bitcloud.node.http.HttpSettings;
import org.bitcloud.p2p.Multiaddr;
import org.bitcloud.primitives.Amount;
import org.bitcloud.primitives.MalformedException;

/// A node's settings: `config.json` of its directory, then `BITCLOUD_…` variables, then flags; the
/// later one wins. Unknown keys and variables are errors.
public final class NodeConfig {
  private static final String FILE = "config.json";
  // What an engine of instant finality keeps anyway, so that a node can answer about the last hour.
  private static final long PRUNE_MIN = 1_024;

  /// Variables that are no settings of a node.
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          "BITCLOUD_HOME",
          "BITCLOUD_DEBUG",
          "BITCLOUD_PASSWORD",
          "BITCLOUD_GATEWAY",
          "BITCLOUD_JAVA_HOME",
          "BITCLOUD_JAVA_OPTS",
          "BITCLOUD_BUILD");

  private static final long SECTORS_PER_GIB = 256;
  private static final int PORT_MAX = 65_535;

  private final Map<Setting, String> values;
  private final Map<Setting, String> origins;

  private NodeConfig(Map<Setting, String> values, Map<Setting, String> origins) {
    this.values = values;
    this.origins = origins;
  }

  /// Reads all layers.
  ///
  /// @param directory holds `config.json`, which need not exist
  /// @param environment the process's variables
  /// @param flags what the command line says
  public static NodeConfig load(
      Path directory, Map<String, String> environment, Map<Setting, String> flags)
      throws ConfigException {
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    Map<Setting, String> origins = new EnumMap<>(Setting.class);
    Path file = directory.resolve(FILE);
    try {
      StrictObject object = StrictObject.parse(file.toString(), Files.readAllBytes(file));
      for (Setting setting : Setting.values()) {
        object
            .optionalScalar(setting.key())
            .ifPresent(
                value -> {
                  values.put(setting, value);
                  origins.put(setting, file + ": \"" + setting.key() + "\"");
                });
      }
      object.end();
    } catch (NoSuchFileException e) {
      // Every setting has a default.
    } catch (IOException e) {
      throw new ConfigException("cannot read " + file + ": " + e.getMessage(), e);
    }
    takeVariables(environment, values, origins);
    flags.forEach(
        (setting, value) -> {
          values.put(setting, value);
          origins.put(setting, setting.flag());
        });
    return new NodeConfig(values, origins);
  }

  private static void takeVariables(
      Map<String, String> environment, Map<Setting, String> values, Map<Setting, String> origins)
      throws ConfigException {
    Set<String> known = new java.util.LinkedHashSet<>(OTHER_VARIABLES);
    for (Setting setting : Setting.values()) {
      known.add(setting.variable());
      Optional.ofNullable(environment.get(setting.variable()))
          .ifPresent(
              value -> {
                values.put(setting, value);
                origins.put(setting, setting.variable());
              });
    }
    for (String name : environment.keySet()) {
      if (name.startsWith("BITCLOUD_") && !known.contains(name)) {
        throw new ConfigException(
            "unknown environment variable " + name + StrictObject.suggestion(name, known));
      }
    }
  }

  /// The text of a setting.
  public String text(Setting setting) {
    return values.getOrDefault(setting, setting.otherwise());
  }

  /// The text of a setting, absent where it is empty.
  public Optional<String> optional(Setting setting) {
    return Optional.of(text(setting)).filter(value -> !value.isBlank());
  }

  /// Where a setting comes from: `default`, the key of a file, a variable or a flag.
  public String origin(Setting setting) {
    return origins.getOrDefault(setting, "default");
  }

  private ConfigException complaint(Setting setting, String what) {
    return new ConfigException(
        "%s %s, not \"%s\""
            .formatted(origins.getOrDefault(setting, setting.key()), what, text(setting)));
  }

  private long number(Setting setting, long min, long max) throws ConfigException {
    String text = text(setting);
    if (text.matches("\\d{1,18}")) {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw complaint(setting, "must be a whole number from " + min + " to " + max);
  }

  private Amount cloudcoins(Setting setting) throws ConfigException {
    try {
      return Amount.parseCloudcoins(text(setting));
    } catch (MalformedException e) {
      throw complaint(setting, "must be an amount of cloudcoins such as 1.5");
    }
  }

  /// Where JSON-RPC listens.
  public HttpSettings rpc() throws ConfigException {
    return http(Setting.RPC_HOST, Setting.RPC_PORT);
  }

  /// Where the gateway listens.
  public HttpSettings gateway() throws ConfigException {
    return http(Setting.GATEWAY_HOST, Setting.GATEWAY_PORT);
  }

  private HttpSettings http(Setting host, Setting port) throws ConfigException {
    HttpSettings base = HttpSettings.loopback((int) number(port, 0, PORT_MAX));
    return new HttpSettings(
        text(host),
        base.port(),
        base.maxBodyBytes(),
        base.maxConnections(),
        base.idle(),
        base.extraHosts());
  }

  /// Memory for the database's caches, and for the state's tree and entries.
  public long databaseBytes() throws ConfigException {
    return number(Setting.DATABASE_MIB, 8, 1L << 20) << 20;
  }

  /// How much of the past is kept.
  public History history() throws ConfigException {
    boolean archive = onOrOff(Setting.ARCHIVE);
    if (optional(Setting.PRUNE).isEmpty()) {
      return archive ? new History.Archive() : new History.Usual();
    }
    if (archive) {
      throw complaint(Setting.PRUNE, "excludes an archive; leave one of the two out");
    }
    return new History.Pruned(number(Setting.PRUNE, PRUNE_MIN, Long.MAX_VALUE));
  }

  /// Whether pending transactions are kept across restarts.
  public boolean poolJournal() throws ConfigException {
    return onOrOff(Setting.POOL_JOURNAL);
  }

  /// Whether `/metrics` is served.
  public boolean metrics() throws ConfigException {
    return onOrOff(Setting.METRICS);
  }

  private boolean onOrOff(Setting setting) throws ConfigException {
    return switch (text(setting).toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw complaint(setting, "must be on or off");
    };
  }

  /// Threads that look for nonces.
  public int minerThreads() throws ConfigException {
    return (int) number(Setting.MINER_THREADS, 1, Miner.THREADS_MAX);
  }

  /// Where a provider listens.
  public Multiaddr listen() throws ConfigException {
    return multiaddr(Setting.LISTEN);
  }

  /// What a provider posts as its address.
  public Optional<Multiaddr> advertise() throws ConfigException {
    return optional(Setting.ADVERTISE).isEmpty()
        ? Optional.empty()
        : Optional.of(multiaddr(Setting.ADVERTISE));
  }

  private Multiaddr multiaddr(Setting setting) throws ConfigException {
    try {
      return Multiaddr.parse(text(setting));
    } catch (MalformedException e) {
      throw complaint(setting, "must be a multiaddr such as /ip4/127.0.0.1/tcp/4001");
    }
  }

  /// Sectors that a provider offers.
  public long capacitySectors() throws ConfigException {
    return number(Setting.CAPACITY_GIB, 1, 1L << 40) * SECTORS_PER_GIB;
  }

  /// What a provider asks for.
  public ProviderPrices prices() throws ConfigException {
    return new ProviderPrices(
        cloudcoins(Setting.STORAGE_PRICE),
        cloudcoins(Setting.INGRESS_PRICE),
        cloudcoins(Setting.EGRESS_PRICE),
        cloudcoins(Setting.COLLATERAL),
        Duration.ofDays(number(Setting.LONGEST_DAYS, 1, 36_500)));
  }

  /// Drops that a provider keeps at the corporation.
  public Amount funds() throws ConfigException {
    return cloudcoins(Setting.FUNDS);
  }

  /// The form of log lines.
  public Logs.Format logFormat() throws ConfigException {
    return switch (text(Setting.LOG_FORMAT).toLowerCase(Locale.ROOT)) {
      case "text" -> Logs.Format.TEXT;
      case "json" -> Logs.Format.JSON;
      default -> throw complaint(Setting.LOG_FORMAT, "must be text or json");
    };
  }

  /// The least level that is logged.
  public Level logLevel() throws ConfigException {
    return switch (text(Setting.LOG_LEVEL).toLowerCase(Locale.ROOT)) {
      case "trace" -> Level.TRACE;
      case "debug" -> Level.DEBUG;
      case "info" -> Level.INFO;
      case "warn" -> Level.WARN;
      case "error" -> Level.ERROR;
      default -> throw complaint(Setting.LOG_LEVEL, "must be debug, info, warn or error");
    };
  }

  /// Writes `config.json` with the settings that differ from the defaults.
  public static void write(Path directory, Map<Setting, String> settings) throws IOException {
    List<String> lines = new ArrayList<>();
    var json = com.fasterxml.jackson.databind.json.JsonMapper.builder().build();
    var object = json.createObjectNode();
    settings.forEach((setting, value) -> object.put(setting.key(), value));
    lines.add(json.writerWithDefaultPrettyPrinter().writeValueAsString(object));
    Files.createDirectories(directory);
    Path _ = Files.write(directory.resolve(FILE), lines);
  }

  /// The settings that `config.json` of a directory holds.
  public static Map<Setting, String> written(Path directory) throws ConfigException {
    NodeConfig config = load(directory, Map.of(), Map.of());
    return new EnumMap<>(config.values.isEmpty() ? Map.of(Setting.NETWORK, "") : config.values);
  }

  /// Whether a directory has a `config.json`.
  public static boolean isWritten(Path directory) {
    return Files.isRegularFile(directory.resolve(FILE));
  }

  /// An amount in drops as cloudcoins for people, at most six places.
  public static String shortCloudcoins(Amount amount) {
    BigInteger unit = BigInteger.TEN.pow(12);
    return Amount.of(amount.drops().divide(unit).multiply(unit)).toCloudcoins();
  }
}

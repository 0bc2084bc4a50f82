package org.bitcloud.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bitcloud.node.TestLedgerNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.http.HttpService;
import org.web3j.protocol.websocket.WebSocketService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;
import org.web3j.utils.Convert;
import org.web3j.utils.Numeric;

/// web3j, unchanged, as a wallet of this chain.
@Timeout(60)
class Web3jTest {
  private static final String STORAGE = "0x000000000000000000000000000000000000bc02";
  private static final String NAMING = "0x000000000000000000000000000000000000bc07";
  private static final long CHAIN = 201403;
  private static final BigInteger GWEI = BigInteger.valueOf(1_000_000_000L);
  private static final BigInteger TRANSFER_GAS = BigInteger.valueOf(21_000);
  private static final String RECIPIENT = "0x00000000000000000000000000000000000a11ce";

  private static TestLedgerNode node;
  private static HttpService service;
  private static Web3j web3j;
  private static RawTransactionManager wallet;
  private static Credentials credentials;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node = TestLedgerNode.start(folder);
    service = new HttpService(node.url().toString());
    web3j = Web3j.build(service);
    credentials = Credentials.create(TestLedgerNode.key(0, 5).privateKey().toHex().substring(2));
    wallet = new RawTransactionManager(web3j, credentials, CHAIN);
  }

  @AfterAll
  static void stop() {
    web3j.shutdown();
    node.close();
  }

  private static TransactionReceipt receipt(EthSendTransaction sent) throws Exception {
    assertFalse(sent.hasError(), () -> sent.getError().getMessage());
    return new PollingTransactionReceiptProcessor(web3j, 50, 200)
        .waitForTransactionReceipt(sent.getTransactionHash());
  }

  private static BigInteger balance(String address) throws Exception {
    return web3j.ethGetBalance(address, DefaultBlockParameterName.LATEST).send().getBalance();
  }

  @Test
  void sendsLegacyAndDynamicFeeTransfers() throws Exception {
    BigInteger before = balance(RECIPIENT);
    BigInteger value = Convert.toWei("2", Convert.Unit.ETHER).toBigInteger();
    assertEquals(TRANSFER_GAS, estimate(RECIPIENT, value, ""));
    TransactionReceipt legacy =
        receipt(
            wallet.sendTransaction(
                GWEI.multiply(BigInteger.TWO), TRANSFER_GAS, RECIPIENT, "", value));
    TransactionReceipt dynamic =
        receipt(
            wallet.sendEIP1559Transaction(
                CHAIN, GWEI, GWEI.multiply(BigInteger.TEN), TRANSFER_GAS, RECIPIENT, "", value));
    assertTrue(legacy.isStatusOK() && dynamic.isStatusOK());
    assertEquals(TRANSFER_GAS, legacy.getGasUsed());
    assertEquals("0x2", dynamic.getType());
    assertEquals(before.add(value).add(value), balance(RECIPIENT));
    var block = web3j.ethGetBlockByHash(dynamic.getBlockHash(), true).send().getBlock();
    assertEquals(dynamic.getBlockNumber(), block.getNumber());
    assertEquals(256, block.getLogsBloom().length() / 2 - 1);
    var found = web3j.ethGetTransactionByHash(dynamic.getTransactionHash()).send().getTransaction();
    assertEquals(credentials.getAddress(), found.orElseThrow().getFrom());
  }

  @Test
  void depositsAndDecodesTheEvent() throws Exception {
    BigInteger value = Convert.toWei("3", Convert.Unit.ETHER).toBigInteger();
    String data = FunctionEncoder.encode(new Function("deposit", List.of(), List.of()));
    BigInteger gas = estimate(STORAGE, value, data);
    TransactionReceipt receipt =
        receipt(
            wallet.sendEIP1559Transaction(
                CHAIN, GWEI, GWEI.multiply(BigInteger.TEN), gas, STORAGE, data, value));
    assertTrue(receipt.isStatusOK());
    assertEquals(gas, receipt.getGasUsed());
    var event =
        new Event(
            "Deposited",
            List.of(
                TypeReference.create(Address.class, true),
                new TypeReference<Uint256>() {},
                new TypeReference<Uint256>() {}));
    var filter =
        new EthFilter(DefaultBlockParameterName.EARLIEST, DefaultBlockParameterName.LATEST, STORAGE)
            .addSingleTopic(EventEncoder.encode(event));
    var logs = web3j.ethGetLogs(filter).send().getLogs();
    assertEquals(1, logs.size());
    var log = receipt.getLogs().getFirst();
    assertEquals(EventEncoder.encode(event), log.getTopics().getFirst());
    assertTrue(log.getTopics().get(1).endsWith(credentials.getAddress().substring(2)));
    assertTrue(log.getData().contains(value.toString(16)), log.getData());
  }

  @Test
  void hearsNewHeadsOverWebSocket() throws Exception {
    var socket = new WebSocketService("ws://127.0.0.1:" + node.url().getPort(), false);
    socket.connect();
    Web3j live = Web3j.build(socket);
    var heard = new CompletableFuture<String>();
    var heads =
        live.newHeadsNotifications()
            .subscribe(
                head -> heard.complete(head.getParams().getResult().getHash()),
                heard::completeExceptionally);
    try { // a devnet seals an empty block now and then: nothing need be sent
      String hash = heard.get(30, TimeUnit.SECONDS);
      assertEquals(hash, live.ethGetBlockByHash(hash, false).send().getBlock().getHash());
    } finally {
      heads.dispose();
      live.shutdown();
    }
  }

  @Test
  void registersAndResolvesANameThroughTheGeneratedAbi() throws Exception {
    PublishedAbi naming = PublishedAbi.of("Naming");
    String owner = credentials.getAddress();
    String label = "web3j-name";
    byte[] secret = Hash.sha3("secret".getBytes(StandardCharsets.UTF_8));
    Type<?> commitment = read(naming.call("commitmentHash", label, owner, secret));
    var encoded =
        FunctionEncoder.encodeConstructor(
            List.of(new Utf8String(label), new Address(owner), new Bytes32(secret)));
    assertEquals(new Bytes32(Hash.sha3(Numeric.hexStringToByteArray(encoded))), commitment);
    TransactionReceipt committed =
        invoke(BigInteger.ZERO, naming.call("commit", commitment.getValue()));
    assertTrue(committed.isStatusOK(), committed::getRevertReason);
    assertFalse(
        new Request<>("dev_advance", List.of(2_000), service, Later.class).send().hasError());

    BigInteger price = (BigInteger) read(naming.call("price", label, BigInteger.ONE)).getValue();
    assertEquals(Convert.toWei("1", Convert.Unit.ETHER).toBigInteger(), price);
    TransactionReceipt revealed =
        invoke(price, naming.call("reveal", label, owner, secret, BigInteger.ONE));
    assertTrue(revealed.isStatusOK(), revealed::getRevertReason);
    Event registered = naming.event("NameRegistered");
    var log = revealed.getLogs().getFirst();
    assertEquals(
        List.of(EventEncoder.encode(registered), Hash.sha3String(label)),
        log.getTopics().subList(0, 2));
    var told = FunctionReturnDecoder.decode(log.getData(), registered.getNonIndexedParameters());
    assertEquals(label, told.getFirst().getValue());
    assertEquals(price, told.getLast().getValue());

    byte[] content = Hash.sha3(secret);
    assertTrue(
        invoke(BigInteger.ZERO, naming.call("setRecord", label, "content", content)).isStatusOK());
    assertEquals(new DynamicBytes(content), read(naming.call("resolve", label, "content")));
  }

  /// The one value that a view of the Naming corporation returns.
  private static Type<?> read(Function view) throws Exception {
    var call = Transaction.createEthCallTransaction(null, NAMING, FunctionEncoder.encode(view));
    String answer = web3j.ethCall(call, DefaultBlockParameterName.LATEST).send().getValue();
    var values = FunctionReturnDecoder.decode(answer, view.getOutputParameters());
    assertEquals(1, values.size(), answer);
    return values.getFirst();
  }

  /// Calls the Naming corporation with the gas that the node estimates, and checks the estimate.
  private static TransactionReceipt invoke(BigInteger value, Function call) throws Exception {
    String data = FunctionEncoder.encode(call);
    BigInteger gas = estimate(NAMING, value, data);
    TransactionReceipt receipt =
        receipt(
            wallet.sendEIP1559Transaction(
                CHAIN, GWEI, GWEI.multiply(BigInteger.TEN), gas, NAMING, data, value));
    assertEquals(gas, receipt.getGasUsed(), call.getName());
    return receipt;
  }

  private static BigInteger estimate(String to, BigInteger value, String data) throws Exception {
    var call =
        Transaction.createFunctionCallTransaction(
            credentials.getAddress(), null, null, null, to, value, data);
    return web3j.ethEstimateGas(call).send().getAmountUsed();
  }

  /// What `dev_advance` answers, whatever it is.
  static final class Later extends Response<Object> {}

  @Test
  void answersInTheWordsThatWalletsMatchOn() throws Exception {
    BigInteger fortune = Convert.toWei("99000000", Convert.Unit.ETHER).toBigInteger();
    assertError(
        wallet.sendTransaction(GWEI.multiply(BigInteger.TWO), TRANSFER_GAS, RECIPIENT, "", fortune),
        "insufficient funds");
    RawTransaction low =
        RawTransaction.createEtherTransaction(
            BigInteger.ZERO,
            GWEI.multiply(BigInteger.TWO),
            BigInteger.valueOf(20_000),
            RECIPIENT,
            BigInteger.ONE);
    assertError(wallet.signAndSend(low), "intrinsic gas too low");
    assertNull(
        web3j.ethGetTransactionReceipt("0x" + "00".repeat(32)).send().getResult(),
        "an unknown transaction has no receipt");
  }

  private static void assertError(EthSendTransaction answer, String words) {
    assertTrue(answer.hasError());
    assertTrue(answer.getError().getMessage().startsWith(words), answer.getError().getMessage());
  }
}

package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call that is answered with a JSON-RPC error object.
public final class RpcException extends Exception {
  private static final long serialVersionUID = 1L;

  /// The body is no JSON.
  public static final int PARSE = -32700;

  /// The JSON is no JSON-RPC request.
  public static final int REQUEST = -32600;

  /// No such method.
  public static final int METHOD = -32601;

  /// The parameters do not fit the method.
  public static final int PARAMS = -32602;

  /// A defect of this node.
  public static final int INTERNAL = -32603;

  /// The call is refused for what it asks: unknown block, rejected transaction.
  public static final int SERVER = -32000;

  /// Something asked for is not there (any more), such as the state of an old block.
  public static final int RESOURCE = -32001;

  /// A limit of this node is exceeded.
  public static final int LIMIT = -32005;

  /// A call reverted; `data` is the ABI-encoded reason (the code that wallets expect).
  public static final int REVERTED = 3;

  private final int code;
  private final transient @Nullable JsonNode data;

  private RpcException(int code, @Nullable String message, @Nullable JsonNode data) {
    super(message);
    this.code = code;
    this.data = data;
  }

  /// An error with one of the codes of this class.
  public static RpcException of(int code, @Nullable String message) {
    return new RpcException(code, message, null);
  }

  /// Parameters that do not fit.
  public static RpcException params(String message) {
    return of(PARAMS, message);
  }

  /// An error whose `data` names the rule that was broken.
  public static RpcException rule(@Nullable String message, String rule) {
    return new RpcException(SERVER, message, TextNode.valueOf(rule));
  }

  /// A revert with its ABI-encoded reason as hex.
  public static RpcException reverted(String message, String dataHex) {
    return new RpcException(REVERTED, message, TextNode.valueOf(dataHex));
  }

  /// The JSON-RPC error code.
  public int code() {
    return code;
  }

  /// The `data` member.
  public Optional<JsonNode> data() {
    return Optional.ofNullable(data);
  }
}

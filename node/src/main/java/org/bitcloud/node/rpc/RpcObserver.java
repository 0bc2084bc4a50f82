package org.bitcloud.node.rpc;

/// Is told what a JSON-RPC server does; called from many threads, must neither block nor throw.
public interface RpcObserver {
  /// The name under which calls of methods that do not exist are told, whatever they asked for.
  String UNKNOWN = "unknown";

  /// Listens to nothing.
  RpcObserver NONE =
      new RpcObserver() {
        @Override
        public void called(String method, Outcome outcome, long nanos) {}

        @Override
        public void sockets(int change) {}
      };

  /// How a call ended.
  enum Outcome {
    /// With a result.
    OK,
    /// With an error that the caller caused.
    REFUSED,
    /// With an error of the node.
    FAILED
  }

  /// A call was answered.
  ///
  /// @param method a method of this node, or [#UNKNOWN]
  /// @param nanos how long it took, without reading the request and writing the answer
  void called(String method, Outcome outcome, long nanos);

  /// WebSocket connections were opened (1) or closed (-1).
  void sockets(int change);
}

package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.primitives.Hash;
import org.bitcloud.primitives.Height;

/// Finds the block that a call speaks of: a tag, a number, or an EIP-1898 object.
final class BlockSelector {
  private final ChainView chain;

  BlockSelector(ChainView chain) {
    this.chain = chain;
  }

  /// Whether the parameter is the tag `pending`.
  static boolean isPending(Optional<JsonNode> parameter) {
    return parameter
        .filter(node -> node.isTextual() && node.textValue().equals("pending"))
        .isPresent();
  }

  /// The header meant by the parameter, `latest` where it is missing; empty where the chain has no
  /// such block (yet).
  Optional<BlockHeader> find(Optional<JsonNode> parameter) throws RpcException {
    if (parameter.isEmpty()) {
      return Optional.of(chain.head());
    }
    JsonNode node = parameter.get();
    if (node instanceof ObjectNode object) {
      return findObject(object);
    }
    if (node.isTextual() && node.textValue().length() == 66) {
      return canonical(Json.hash(node, "block"));
    }
    return switch (node.isTextual() ? node.textValue() : "") {
      case "latest", "pending" -> Optional.of(chain.head());
      case "safe" -> chain.header(chain.safe().hash());
      case "finalized" -> chain.header(chain.finalized().hash());
      case "earliest" -> chain.headerAt(Height.GENESIS);
      default -> chain.headerAt(Height.of(Json.quantity(node, "block")));
    };
  }

  /// The header meant by the parameter.
  ///
  /// @throws RpcException where there is none
  BlockHeader require(Optional<JsonNode> parameter) throws RpcException {
    return find(parameter)
        .orElseThrow(() -> RpcException.of(RpcException.SERVER, "header not found"));
  }

  /// The block of a header that was found; nothing where none was.
  ///
  /// @throws RpcException where the header is all that this node keeps of it
  Optional<Block> whole(Optional<BlockHeader> header) throws RpcException {
    if (header.isEmpty()) {
      return Optional.empty();
    }
    Optional<Block> block = chain.block(header.get().hash());
    if (block.isEmpty()) {
      throw dropped(header.get().height());
    }
    return block;
  }

  /// The answer to a question about a block that is no longer kept, or never was.
  RpcException dropped(Height height) {
    return RpcException.of(
        RpcException.RESOURCE,
        "block %s is not kept here: this node has blocks and receipts of heights %s to %s"
            .formatted(height, chain.oldestBlock(), chain.head().height()));
  }

  private Optional<BlockHeader> findObject(ObjectNode object) throws RpcException {
    if (object.hasNonNull("blockHash")) {
      return canonical(Json.hash(object.get("blockHash"), "blockHash"));
    }
    if (object.hasNonNull("blockNumber")) {
      return find(Optional.of(object.get("blockNumber")));
    }
    throw RpcException.params("block object needs blockHash or blockNumber");
  }

  private Optional<BlockHeader> canonical(Hash hash) {
    return chain
        .header(hash)
        .filter(header -> chain.hashAt(header.height()).filter(hash::equals).isPresent());
  }
}

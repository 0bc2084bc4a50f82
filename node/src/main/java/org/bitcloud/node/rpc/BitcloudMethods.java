package org.bitcloud.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.Map;
import org.bitcloud.chain.ChainView;
import org.bitcloud.chain.Heads;
import org.bitcloud.chain.HistoryException;
import org.bitcloud.chain.block.Block;
import org.bitcloud.chain.block.BlockHeader;
import org.bitcloud.chain.block.GenesisAllocation;
import org.bitcloud.chain.pool.AttestationPool;
import org.bitcloud.chain.pool.AttestationVerdict;
import org.bitcloud.chain.state.StateProof;
import org.bitcloud.chain.state.StateView;
import org.bitcloud.consensus.poa.PoaEngineProvider;
import org.bitcloud.consensus.poa.SignerStatus;
import org.bitcloud.consensus.validator.ValidatorSet;
import org.bitcloud.contracts.Corporation;
import org.bitcloud.contracts.StateKeys;
import org.bitcloud.contracts.Supply;
import org.bitcloud.node.BuildInfo;
import org.bitcloud.node.control.SignerActions;
import org.bitcloud.primitives.Bytes;
import org.bitcloud.primitives.MalformedException;
import org.bitcloud.primitives.abi.AbiJson;
import org.bitcloud.primitives.attestation.BandwidthAttestation;
import org.bitcloud.store.Cursor;
import org.bitcloud.store.KeyRange;

/// `bitcloud_` methods: what Ethereum's namespaces have no word for.
final class BitcloudMethods {
  private static final int PAGE_MAX = 1_000;

  private final ChainView chain;
  private final AttestationPool attestations;
  private final BlockSelector blocks;

  BitcloudMethods(ChainView chain, AttestationPool attestations) {
    this.chain = chain;
    this.attestations = attestations;
    this.blocks = new BlockSelector(chain);
  }

  void register(Map<String, RpcMethod> methods) {
    methods.put("bitcloud_nodeInfo", _ -> nodeInfo());
    methods.put("bitcloud_genesis", _ -> genesis());
    methods.put("bitcloud_getProof", this::proof);
    methods.put("bitcloud_corporations", _ -> corporations());
    methods.put("bitcloud_supply", _ -> supply());
    methods.put("bitcloud_consensusStatus", _ -> consensusStatus());
    methods.put("bitcloud_exportState", this::exportState);
    methods.put("bitcloud_exportBlock", this::exportBlock);
    methods.put("bitcloud_sendAttestation", this::sendAttestation);
  }

  private JsonNode nodeInfo() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("version", BuildInfo.version());
    node.set("chainId", Json.quantity(chain.genesis().chainId()));
    node.set("genesisHash", Json.data(chain.genesisHash()));
    node.put("engine", chain.genesis().engineId());
    node.set("height", Json.quantity(chain.head().height().value()));
    return node;
  }

  private JsonNode genesis() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("genesisHash", Json.data(chain.genesisHash()));
    node.set("chainId", Json.quantity(chain.genesis().chainId()));
    node.set("timestampMillis", Json.quantity(chain.genesis().timeMillis()));
    node.set("record", Json.data(chain.genesis().encode()));
    ObjectNode allocations = node.putObject("allocations");
    for (GenesisAllocation each : chain.genesis().allocations()) {
      allocations.put(each.address().toHex(), each.balance().drops().toString());
    }
    return node;
  }

  private JsonNode consensusStatus() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("engine", chain.genesis().engineId());
    ObjectNode parameters = node.putObject("parameters");
    chain.genesis().engineParameters().forEach(parameters::put);
    Heads heads = chain.heads();
    node.set("latest", Json.quantity(heads.headRef().height().value()));
    node.set("safe", Json.quantity(heads.safe().height().value()));
    node.set("finalized", Json.quantity(heads.finalized().height().value()));
    if (chain.genesis().engineId().equals(PoaEngineProvider.ID)) {
      ValidatorSet first = ValidatorSet.ofGenesis(chain.genesis().validators());
      SignerActions.fill(node, SignerStatus.after(heads.head(), first));
    }
    return node;
  }

  private JsonNode supply() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    try (StateView state = chain.latestState()) {
      Supply supply = Supply.of(state::get);
      node.put("genesis", supply.genesis().drops().toString());
      node.put("minted", supply.minted().drops().toString());
      node.put("burned", supply.burned().drops().toString());
      node.put("circulating", supply.circulating().drops().toString());
      node.set("height", Json.quantity(state.height().value()));
    }
    return node;
  }

  private JsonNode corporations() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Corporation corporation : chain.rules().corporations()) {
      ObjectNode node = list.addObject();
      node.put("address", corporation.address().checksum());
      node.put("name", corporation.name());
      node.put("charterVersion", corporation.charterVersion());
      var abi = corporation.abi();
      node.putRawValue(
          "abi", new RawValue(AbiJson.json(abi.functions(), abi.events(), abi.errors())));
    }
    return list;
  }

  /// `[key, block]`: a raw state key, or an object that names an account or a corporation's entry.
  private JsonNode proof(RpcParams params) throws RpcException {
    Bytes key = stateKey(params.required(0, "key"));
    BlockHeader header = blocks.require(params.optional(1));
    try {
      StateProof proof = chain.proof(key, header.height());
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.set("key", Json.data(key));
      node.set("height", Json.quantity(header.height().value()));
      node.set("block", Json.data(header.hash()));
      node.set("stateRoot", Json.data(header.roots().state()));
      node.set("proof", Json.data(proof.encode()));
      return node;
    } catch (HistoryException e) {
      throw RpcException.of(RpcException.RESOURCE, String.valueOf(e.getMessage()));
    }
  }

  private static Bytes stateKey(JsonNode node) throws RpcException {
    if (!(node instanceof ObjectNode object)) {
      return Json.bytes(node, "key");
    }
    if (object.hasNonNull("account")) {
      return StateKeys.account(Json.address(object.get("account"), "account"));
    }
    if (object.hasNonNull("corporation") && object.hasNonNull("entry")) {
      return StateKeys.entry(
          Json.address(object.get("corporation"), "corporation"),
          Json.bytes(object.get("entry"), "entry"));
    }
    throw RpcException.params("key: hex, {account} or {corporation, entry}");
  }

  /// `[after, limit]`: one page of all state entries of the head in key order, for checkers.
  private JsonNode exportState(RpcParams params) throws RpcException {
    Bytes after = params.optional(0).isPresent() ? params.bytes(0, "after") : Bytes.EMPTY;
    long limit = params.optional(1).isPresent() ? params.quantity(1, "limit") : PAGE_MAX;
    if (limit < 1 || limit > PAGE_MAX) {
      throw RpcException.params("limit must be 1 to " + PAGE_MAX);
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    try (StateView state = chain.latestState();
        // The smallest key above `after` is `after` with a zero byte behind it.
        Cursor cursor =
            state.scan(
                after.isEmpty()
                    ? KeyRange.ALL
                    : KeyRange.from(Bytes.concat(after, Bytes.of((byte) 0))))) {
      node.set("height", Json.quantity(state.height().value()));
      node.set("stateRoot", Json.data(state.root()));
      ArrayNode entries = node.putArray("entries");
      boolean more = cursor.next();
      while (more && entries.size() < limit) {
        entries.addArray().add(cursor.key().toHex()).add(cursor.value().toHex());
        more = cursor.next();
      }
      node.put("more", more);
    }
    return node;
  }

  private JsonNode sendAttestation(RpcParams params) throws RpcException {
    BandwidthAttestation attestation;
    try {
      attestation = BandwidthAttestation.decode(params.bytes(0, "attestation"));
    } catch (MalformedException e) {
      throw RpcException.params("attestation: " + e.getMessage());
    }
    return switch (attestations.submit(attestation)) {
      case AttestationVerdict.Added _ -> Json.data(attestation.hash());
      case AttestationVerdict.Refused refused ->
          throw RpcException.rule(refused.message(), refused.rule().name());
    };
  }

  private JsonNode exportBlock(RpcParams params) throws RpcException {
    params.required(0, "block");
    return BlockJson.orNull(
        blocks.whole(blocks.find(params.optional(0))).map(Block::encode).map(Json::data));
  }
}

package org.bitcloud.chain;

/// The rules that a block must keep, each with the number it has in `docs/spec/validation.md`.
///
/// Numbers are never used again for another rule. The order is the order of checking: a verdict
/// names the first rule that fails.
public enum BlockRule {
  /// The seal data are longer than a header may hold.
  SEAL_DATA_SIZE(1, "sealData is at most 4096 bytes"),
  /// The seal proof is longer than may travel beside a header.
  SEAL_PROOF_SIZE(2, "sealProof is at most 65536 bytes"),
  /// The encoded body is too long.
  BODY_SIZE(3, "the encoded body is at most 8 MiB"),
  /// Too many attestations.
  ATTESTATION_COUNT(4, "a body holds at most 4096 attestations"),
  /// The height does not follow the parent's.
  HEIGHT(5, "height is the parent's plus one"),
  /// The time does not follow the parent's.
  TIME(6, "timeMillis is above the parent's"),
  /// The gas limit is not the one of this network.
  GAS_LIMIT(7, "gasLimit is the one that genesis names"),
  /// More gas used than there is.
  GAS_USED_BOUND(8, "gasUsed is at most gasLimit"),
  /// The base fee does not follow from the parent.
  BASE_FEE(9, "baseFee follows from the parent's gas and base fee"),
  /// The validator set is not the one that the parent named.
  VALIDATORS(10, "validators equals the parent's nextValidators"),
  /// The consensus engine refuses the header or its seal.
  SEAL(11, "the engine accepts header, sealData and sealProof"),
  /// The transactions are not those that the header commits to.
  TRANSACTIONS_ROOT(12, "roots.transactions is the root of the transactions"),
  /// The attestations are not those that the header commits to.
  ATTESTATIONS_ROOT(13, "roots.attestations is the root of the attestations"),
  /// Attestations although no rule set for them is active.
  ATTESTATIONS_INACTIVE(14, "no attestations before their rules are active"),
  /// Attestations in another order than the canonical one, or one twice.
  ATTESTATION_ORDER(24, "attestations rise strictly by epoch, window and target"),
  /// An attestation was signed for another network.
  ATTESTATION_CHAIN_ID(25, "each attestation carries this network's chain id"),
  /// No public key can be recovered from a signature of an attestation.
  ATTESTATION_SIGNATURE(26, "each signature of each attestation names a signer, with low s"),
  /// A transaction was signed for another network.
  CHAIN_ID(15, "each transaction carries this network's chain id"),
  /// A transaction asks for more gas than the block has.
  TRANSACTION_GAS(16, "each transaction's gas limit is at most the block's"),
  /// No public key can be recovered, or s is high.
  SIGNATURE(17, "each transaction's signature names a sender, with low s"),
  /// The rules for attestations refuse one.
  ATTESTATION_STATE(27, "each attestation may be applied to the state it meets"),
  /// The state does not allow a transaction: nonce, balance, fee cap, gas left, receiver.
  TRANSACTION_STATE(18, "each transaction may be applied to the state it meets"),
  /// The header's gas is not what execution used.
  GAS_USED(19, "gasUsed is the sum of the receipts"),
  /// The header's bloom is not that of the logs.
  LOGS_BLOOM(20, "logsBloom is the union of the receipts' blooms"),
  /// The header's receipts root is not that of the execution.
  RECEIPTS_ROOT(21, "roots.receipts is the root of the receipts"),
  /// The header's beacon is not the one in force after execution.
  BEACON(22, "beacon is the one in force after execution"),
  /// The header's state root is not that of the execution.
  STATE_ROOT(23, "roots.state is the root of the state after execution");

  private final int number;
  private final String text;

  BlockRule(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /// Returns the number as in the specification, such as `BC-0009`.
  public String code() {
    return "BC-%04d".formatted(number);
  }

  /// Returns the rule in words: what holds for a valid block.
  public String text() {
    return text;
  }
}

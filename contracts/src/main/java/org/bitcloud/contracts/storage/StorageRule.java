package org.bitcloud.contracts.storage;

import org.bitcloud.contracts.CorporationRule;

/// Why the Storage corporation refuses a call; each has a stable code that wallets show.
public enum StorageRule implements CorporationRule {
  /// The input's first four bytes name no function.
  UNKNOWN_FUNCTION("STO-01", "unknown function"),
  /// The arguments are not the canonical ABI encoding of what the function takes.
  MALFORMED_CALL("STO-02", "arguments are malformed"),
  /// Coins were sent to a function that takes none.
  NOT_PAYABLE("STO-03", "function takes no coins"),

  /// The price of storage must be a positive multiple of 20 drops, so that each leaf's share is
  /// whole.
  PRICE_MULTIPLE("STO-10", "price must be a positive multiple of 20 drops"),
  /// Collateral must be a multiple of 60 drops, so that each leaf's share is whole.
  COLLATERAL_MULTIPLE("STO-11", "collateral must be a multiple of 60 drops"),
  /// The shortest term must be at least one window and not above the longest.
  TERM_RANGE("STO-12", "shortest and longest term do not fit"),
  /// More sectors were declared free than there are.
  FREE_SPACE("STO-13", "free sectors exceed capacity"),
  /// An endpoint has 1 to 128 bytes.
  ENDPOINT_SIZE("STO-14", "endpoint must have 1 to 128 bytes"),
  /// A peer id has at most 64 bytes.
  PEER_ID_SIZE("STO-15", "peer id has more than 64 bytes"),
  /// The price list expires at a height that has passed.
  PRICES_EXPIRED("STO-16", "price list has expired"),

  /// A deposit or withdrawal of nothing.
  AMOUNT_ZERO("STO-20", "amount is zero"),
  /// The provider's free funds are smaller than the withdrawal.
  FUNDS_TOO_LOW("STO-21", "free funds are too low"),

  /// Only the renter of the terms may form the contract.
  SENDER_NOT_RENTER("STO-30", "sender is not the renter"),
  /// A contract holds 1 to 2^32 sectors.
  SECTORS_RANGE("STO-31", "max sectors must be 1 to 2^32"),
  /// The end window must follow the start window, by 2^20 windows at most.
  TERM_LENGTH("STO-32", "end window does not fit the start window"),
  /// The start window must be the open window or the next.
  START_WINDOW("STO-33", "start window is not the open or the next window"),
  /// The terms expire at a height that has passed.
  TERMS_EXPIRED("STO-34", "terms have expired"),
  /// These terms have formed a contract before.
  TERMS_USED("STO-35", "terms were used before"),
  /// The renter's signature is not the renter's over this text.
  RENTER_SIGNATURE("STO-36", "renter's signature is wrong"),
  /// The provider's signature is not the provider's over this text.
  PROVIDER_SIGNATURE("STO-37", "provider's signature is wrong"),
  /// The coins sent are not exactly max sectors times price times windows.
  ESCROW_AMOUNT("STO-38", "coins sent are not max sectors * price * windows"),
  /// The provider's free funds do not cover the collateral.
  COLLATERAL_SHORT("STO-39", "provider's free funds do not cover the collateral"),
  /// Too many contracts of the provider end in the same window already.
  ENDS_FULL("STO-40", "too many contracts end then; choose another end window"),

  /// There is no contract of this id.
  UNKNOWN_CONTRACT("STO-50", "unknown contract"),
  /// The contract is ending or has ended, by time, by a party or with its provider.
  CONTRACT_ENDED("STO-51", "contract has ended"),
  /// The revision's number is not above the one on chain.
  REVISION_OLD("STO-52", "a revision as new is on chain"),
  /// The revision has more sectors than the terms allow.
  TOO_MANY_SECTORS("STO-53", "more sectors than the terms allow"),
  /// The root must be zero exactly when there are no sectors.
  ROOT_WITHOUT_SECTORS("STO-54", "root must be zero if and only if there are no sectors"),

  /// Only the open window can be proven.
  WINDOW_NOT_OPEN("STO-60", "window is not open"),
  /// The provider has proven this window already.
  ALREADY_PROVEN("STO-61", "window is proven already"),
  /// No contract of the provider is due in this window.
  NOTHING_DUE("STO-62", "nothing is due in this window"),
  /// The proof is not the RLP that the format asks for.
  PROOF_MALFORMED("STO-63", "proof is malformed"),
  /// The proof's contracts must be in strictly rising order of their ids.
  PROOF_ORDER("STO-64", "contracts of the proof are not in rising order"),
  /// The proof answers for a contract that was not drawn.
  CONTRACT_NOT_DRAWN("STO-65", "contract was not drawn"),
  /// The proof answers with a leaf that was not drawn.
  LEAF_NOT_DRAWN("STO-66", "leaf was not drawn"),
  /// The leaves do not lead to the root that was frozen as the window opened.
  PROOF_WRONG("STO-67", "proof does not lead to the frozen root"),

  /// The address never posted prices nor deposited.
  UNKNOWN_PROVIDER("STO-70", "unknown provider"),
  /// More windows are unsettled than one call may settle.
  SETTLE_FIRST("STO-71", "too many unsettled windows; settle first"),
  /// Every closed window of the provider is settled.
  NOTHING_TO_SETTLE("STO-72", "nothing to settle"),

  /// Only the contract's parties may end it before its time.
  NOT_A_PARTY("STO-80", "sender is not a party of the contract"),
  /// A provider may end only a contract that was left without a revision.
  NOT_IDLE("STO-81", "contract is in use"),
  /// The contract ends with this window already.
  ALREADY_ENDING("STO-82", "contract is ending already"),

  /// A page has at most 100 entries.
  PAGE_SIZE("STO-90", "page has more than 100 entries"),
  /// The window has not opened yet.
  UNKNOWN_WINDOW("STO-91", "window has not opened yet");

  private final String code;
  private final String text;

  StorageRule(String code, String text) {
    this.code = code;
    this.text = text;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String text() {
    return text;
  }
}

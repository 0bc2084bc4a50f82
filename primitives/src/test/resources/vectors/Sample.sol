// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.4;

interface Sample {
  struct Offer { string endpoint; uint128 price; }
  event Transfer(address indexed from, address indexed to, uint256 value);
  event Named(string indexed name, Offer offer, bytes indexed label);
  error Broke(uint256 missing);
  function transfer(address to, uint256 amount) external returns (bool);
  function announce(Offer[] calldata offers, bytes calldata signature) external payable;
  function offers(uint64 from) external view returns (Offer[] memory page);
}

// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.4;

interface INaming {
  struct Record { string key; bytes value; }
  struct NameStatus { uint8 phase; address owner; uint64 registeredMillis; uint64 expiresMillis; uint64 freeMillis; uint32 records; }
  struct Tariff { uint64 yearMillis; uint64 graceMillis; uint64 commitAgeMillis; uint64 commitLifeMillis; uint256 price3; uint256 price4; uint256 price5; }
  event Committed(bytes32 indexed commitment, address indexed sender);
  event NameRegistered(bytes32 indexed id, address indexed owner, string label, uint64 expiresMillis, uint256 burned);
  event NameRenewed(bytes32 indexed id, string label, uint64 expiresMillis, uint256 burned);
  event NameTransferred(bytes32 indexed id, address indexed from, address indexed to, string label);
  event RecordSet(bytes32 indexed id, string label, string key, bytes value);
  function commit(bytes32 commitment) external;
  function reveal(string calldata label, address owner, bytes32 secret, uint64 yearCount) external payable;
  function renew(string calldata label, uint64 yearCount) external payable;
  function transfer(string calldata label, address to) external;
  function setRecord(string calldata label, string calldata key, bytes calldata value) external;
  function resolve(string calldata label, string calldata key) external view returns (bytes memory);
  function records(string calldata label) external view returns (Record[] memory);
  function status(string calldata label) external view returns (NameStatus memory);
  function price(string calldata label, uint64 yearCount) external view returns (uint256);
  function commitmentHash(string calldata label, address owner, bytes32 secret) external view returns (bytes32);
  function committedMillis(address sender, bytes32 commitment) external view returns (uint64);
  function tariff() external view returns (Tariff memory);
}

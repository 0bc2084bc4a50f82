// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.4;

interface IStorage {
  struct Terms { address renter; address provider; uint64 maxSectors; uint128 price; uint128 collateral; uint64 startWindow; uint64 endWindow; uint64 nonce; uint64 expiryHeight; }
  struct Revision { bytes32 contractId; uint64 revision; bytes32 root; uint64 sectors; }
  struct Window { uint64 index; uint64 openTimeMillis; uint64 openHeight; uint64 lengthMillis; uint64 blocks; uint64 maxGapMillis; uint64 ordinal; bool closed; bool isVoid; bytes32 beacon; bytes32 parentHash; }
  struct PriceList { uint128 storagePrice; uint128 ingress; uint128 egress; uint128 collateral; uint64 shortestWindows; uint64 longestWindows; uint64 capacitySectors; uint64 freeSectors; bytes endpoint; bytes peerId; uint64 expiryHeight; }
  struct Provider { bool known; uint256 funds; uint256 locked; uint256 escrow; uint256 earned; uint256 penalties; uint64 contracts; uint64 misses; uint32 provenMask; uint256 dueNow; uint256 dueNext; uint64 generation; uint64 unsettled; }
  struct Contract { address renter; address provider; uint64 maxSectors; uint256 price; uint256 collateral; uint64 startWindow; uint64 endWindow; uint8 phase; uint64 windowsLeft; uint64 revision; bytes32 root; uint64 sectors; bytes32 nextRoot; uint64 nextSectors; uint256 escrow; uint256 collateralLeft; uint256 paid; uint64 provenLeaves; uint64 missedLeaves; }
  struct Drawn { bytes32 contractId; uint64 leafIndex; }
  struct Challenge { uint64 window; bytes32 beacon; uint256 due; Drawn[] leaves; }
  struct Tariff { uint64 windowMillis; uint64 payoutBurnBps; uint64 settlerBps; uint64 earlyEndWindows; uint64 idleWindows; uint64 endsPerWindowMax; uint64 drawsPerWindow; uint64 missesToEnd; }
  event PricesPosted(address indexed provider, uint128 storagePrice, uint128 collateral, uint64 freeSectors, uint64 expiryHeight);
  event Deposited(address indexed provider, uint256 amount, uint256 funds);
  event Withdrawn(address indexed provider, uint256 amount, uint256 funds);
  event ContractFormed(bytes32 indexed contractId, address indexed renter, address indexed provider, uint64 maxSectors, uint256 price, uint64 startWindow, uint64 endWindow, uint256 escrow, uint256 collateral);
  event ContractRevised(bytes32 indexed contractId, address indexed renter, address indexed provider, uint64 revision, bytes32 root, uint64 sectors);
  event ContractEnding(bytes32 indexed contractId, address indexed renter, address indexed provider, uint256 fee);
  event ContractEnded(bytes32 indexed contractId, address indexed renter, address indexed provider, uint8 reason, uint256 refund, uint256 collateralBack, uint256 paid);
  event WindowProven(address indexed provider, uint64 indexed window, uint32 mask, uint64 proven);
  event Settled(address indexed provider, uint64 indexed window, uint64 proven, uint256 gross, uint256 pay, uint256 penalty, uint256 burned, uint256 reward);
  event ProviderEnded(address indexed provider, uint64 indexed window, uint256 escrow);
  function postPrices(uint128 storagePrice, uint128 ingress, uint128 egress, uint128 collateral, uint64 shortestWindows, uint64 longestWindows, uint64 capacitySectors, uint64 freeSectors, bytes calldata endpoint, bytes calldata peerId, uint64 expiryHeight) external;
  function deposit() external payable;
  function withdraw(uint256 amount) external;
  function form(Terms calldata terms, bytes calldata renterSignature, bytes calldata providerSignature) external payable returns (bytes32 contractId);
  function revise(Revision calldata revision, bytes calldata renterSignature, bytes calldata providerSignature) external;
  function prove(uint64 window, bytes calldata proof) external;
  function settle(address provider) external;
  function end(bytes32 contractId) external;
  function window() external view returns (Window memory);
  function windowAt(uint64 index) external view returns (Window memory);
  function providers(uint64 offset, uint64 limit) external view returns (uint64 count, address[] memory page);
  function priceList(address provider) external view returns (PriceList memory);
  function provider(address provider) external view returns (Provider memory);
  function contractById(bytes32 contractId) external view returns (Contract memory);
  function contractsOf(address party, uint64 offset, uint64 limit) external view returns (uint64 count, bytes32[] memory page);
  function challenge(address provider) external view returns (Challenge memory);
  function tariff() external view returns (Tariff memory);
  function genesisHash() external view returns (bytes32);
  function termsDigest(Terms calldata terms) external view returns (bytes32);
  function revisionDigest(Revision calldata revision) external view returns (bytes32);
}

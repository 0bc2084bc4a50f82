// Compares the second account (market.mjs) with what the node's state and views say at one height.
import { view } from './events.mjs';
import { beaconOf } from './proofs.mjs';
import { checkConservation, drawsOfState } from './ledger.mjs';
import { challengeOf, contentAt, settle } from './settlement.mjs';
import { hex, same } from './values.mjs';

const PHASES = ['ACTIVE', 'ENDING', 'ENDED', 'ABANDONED'];

// Beacon of the open window and every provider's draws: from exported entries, from the second account, from the view.
export async function checkChallenges({ rpc, abi, market, ledger, genesisHash, block }) {
  const check = 'challenges';
  const window = ledger.window;
  same(check, `beacon of window ${window.index}`, hex(window.beacon), hex(beaconOf(genesisHash, window.index, window.parentHash)));
  let draws = 0;
  for (const address of ledger.providers.keys()) {
    const shown = await view(rpc, abi, block, 'challenge', address);
    same(check, `window of the challenge to ${address}`, shown.window, window.index);
    const listed = shown.leaves.map((each) => `${each.contractId}/${each.leafIndex}`).join(' ');
    const text = (drawn) => drawn.leaves.map((each) => `${each.id}/${each.leaf}`).join(' ');
    const stated = drawsOfState(ledger, address);
    if (market) {
      const kept = challengeOf(market.providers.get(address), market.clock.open);
      same(check, `draws of ${address} by its calls`, listed, text(kept));
      if (market.providers.get(address).generation !== ledger.providers.get(address).generation) continue; // ends when it is settled
    }
    if (!market && listed === '' && mayEnd(ledger.providers.get(address), window)) continue;
    same(check, `draws of ${address} by exported state`, listed, text(stated));
    same(check, `due of ${address}`, shown.due, stated.due);
    draws += stated.leaves.length;
  }
  return { window: window.index, providers: ledger.providers.size, draws };
}

// Whether the next settlement may end a provider; its entries alone do not say so.
const mayEnd = (provider, window) => provider.misses + window.ordinal - provider.ordinal >= 3n;

// Books of every provider and contract: exported entries as they are, views as after settling.
export async function checkBooks({ rpc, abi, market, ledger, block }) {
  const check = 'payments';
  for (const [address, entry] of ledger.providers) {
    const provider = market.providers.get(address);
    for (const name of ['funds', 'earned', 'penalties', 'generation', 'ordinal', 'misses']) same(check, `${name} of ${address}`, entry[name], provider[name]);
    const live = provider.slots.filter(Boolean);
    same(check, `escrows with ${address}`, entry.escrow, live.reduce((sum, each) => sum + each.escrow, 0n));
    same(check, `locked collateral of ${address}`, entry.locked, live.reduce((sum, each) => sum + each.collateralLeft, 0n));
  }
  same(check, 'coins of Storage by its calls', checkConservation(ledger).storage, market.balance);
  same(check, 'burned coins', ledger.supply[2], market.feesBurned + market.namesBurned + market.totals.burned);
  settleAll(market);
  for (const contract of market.contracts.values()) await compareContract(rpc, abi, block, market, contract);
  return { providers: ledger.providers.size, contracts: market.contracts.size };
}

// Brings every provider of the second account to the open window, as the views show them.
export function settleAll(market) {
  for (const provider of market.providers.values()) settle(market, provider, { steps: Infinity, forReward: false });
}

async function compareContract(rpc, abi, block, market, contract) {
  const check = 'contracts';
  const shown = await view(rpc, abi, block, 'contractById', contract.id);
  const { id } = contract;
  same(check, `phase of ${id}`, PHASES[Number(shown.phase)], contract.phase);
  for (const name of ['escrow', 'collateralLeft', 'paid', 'provenLeaves', 'missedLeaves']) same(check, `${name} of ${id}`, shown[name], contract[name]);
  if (contract.phase === 'ENDED') return;
  const window = market.clock.open.index;
  const frozen = contentAt(contract, window);
  const next = contentAt(contract, window + 1n);
  same(check, `frozen root of ${id}`, shown.root, frozen.root);
  same(check, `frozen sectors of ${id}`, shown.sectors, frozen.sectors);
  same(check, `next root of ${id}`, shown.nextRoot, next.root);
  same(check, `next sectors of ${id}`, shown.nextSectors, next.sectors);
}

// docs/spec/storage-contract.md, Settlement: what a closed window pays, takes and burns.
import { DRAWS, countBits, drawsOf } from './proofs.mjs';
import { ZERO, hex } from './values.mjs';

const SHARES = 60n;
const MISSES_TO_END = 3;
export const NOTHING = { from: 0n, root: hex(ZERO), sectors: 0n, revision: 0n };
export const REASON = { expired: 0, idle: 1, early: 2, providerEnded: 3 };

// What counts in a window: what was posted last before it opened.
export const contentAt = (contract, window) => contract.contents.findLast((each) => each.from <= window) ?? NOTHING;
export const dueAt = (contract, window) => contract.price * contentAt(contract, window).sectors;

// The draws of a provider in a window: its contracts in the order of their slots.
export function challengeOf(provider, window) {
  const slots = provider.slots.filter((contract) => contract !== null).map((contract) => ({
    id: contract.id, due: dueAt(contract, window.index), sectors: contentAt(contract, window.index).sectors,
  }));
  return drawsOf(window.beacon, provider.address, slots);
}

// Settles a provider up to the open window, at most `steps` steps; returns the events and the settler's reward.
export function settle(market, provider, { steps, forReward }) {
  const events = [];
  let reward = 0n;
  for (let left = steps; left > 0; left--) {
    if (provider.slots.every((contract) => contract === null)) {
      provider.ordinal = market.clock.open.ordinal;
      break;
    }
    const over = provider.slots.find((contract) => contract !== null && contract.endOrdinal <= provider.ordinal);
    if (over) {
      events.push(endContract(market, over, over.phase === 'ENDING' ? REASON.early : REASON.expired));
    } else if (provider.ordinal < market.clock.open.ordinal) {
      const settled = settleWindow(market, provider, market.clock.valid[provider.ordinal], forReward);
      events.push(...settled.events);
      reward += settled.reward;
      provider.ordinal++;
    } else break;
  }
  market.balance -= reward;
  return { events, reward };
}

function settleWindow(market, provider, window, forReward) {
  const { due, leaves } = challengeOf(provider, window);
  if (due === 0n) return { events: [], reward: 0n };
  const mask = provider.masks.get(window.index) ?? 0;
  const proven = BigInt(countBits(mask));
  const gross = payEscrows(provider, window, proven);
  provider.misses = proven === 0n ? provider.misses + 1 : 0;
  const ends = provider.misses === MISSES_TO_END;
  const penalty = ends ? takeAll(provider) : takeMissing(provider, leaves, mask);
  const share = (amount, bps) => (amount * BigInt(bps)) / 10_000n;
  const burnedPay = share(gross, market.tariff.payoutBurnBps);
  const ofPay = forReward ? share(gross, market.tariff.settlerBps) : 0n;
  const ofPenalty = forReward ? share(penalty, market.tariff.settlerBps) : 0n;
  const pay = gross - burnedPay - ofPay;
  const burned = burnedPay + penalty - ofPenalty;
  const reward = ofPay + ofPenalty;
  provider.funds += pay;
  provider.earned += pay;
  provider.penalties += penalty;
  market.balance -= burned;
  market.totals.settled++;
  market.totals.paid += pay;
  market.totals.penalties += penalty;
  market.totals.burned += burned;
  const events = [['Settled', { provider: provider.address, window: window.index, proven, gross, pay, penalty, burned, reward }]];
  if (ends) events.push(endProvider(provider, window));
  return { events, reward };
}

function payEscrows(provider, window, proven) {
  let gross = 0n;
  for (const contract of provider.slots) {
    if (contract === null) continue;
    const due = dueAt(contract, window.index);
    const part = (due * proven) / BigInt(DRAWS);
    if (due > 0n) contract.provenLeaves += Number(proven);
    contract.escrow -= part;
    contract.paid += part;
    gross += part;
  }
  return gross;
}

function takeMissing(provider, leaves, mask) {
  let penalty = 0n;
  leaves.forEach((drawn, i) => {
    const contract = provider.slots.find((each) => each?.id === drawn.id);
    if (mask & (1 << i)) return;
    contract.missedLeaves++;
    const share = contract.collateral / SHARES;
    const taken = share < contract.collateralLeft ? share : contract.collateralLeft;
    contract.collateralLeft -= taken;
    penalty += taken;
  });
  return penalty;
}

function takeAll(provider) {
  let penalty = 0n;
  for (const contract of provider.slots) {
    if (contract === null) continue;
    penalty += contract.collateralLeft;
    contract.collateralLeft = 0n;
  }
  return penalty;
}

function endProvider(provider, window) {
  let escrow = 0n;
  for (const contract of provider.slots) {
    if (contract === null) continue;
    contract.phase = 'ABANDONED';
    escrow += contract.escrow;
  }
  Object.assign(provider, { slots: [], free: [], misses: 0, generation: provider.generation + 1n });
  return ['ProviderEnded', { provider: provider.address, window: window.index, escrow }];
}

// Pays the rest of a contract back and frees its slot.
export function endContract(market, contract, reason) {
  const provider = market.providers.get(contract.provider);
  const refund = contract.escrow;
  const collateralBack = contract.collateralLeft;
  if (contract.phase !== 'ABANDONED') {
    provider.slots[contract.slot] = null;
    provider.free.push(contract.slot);
  }
  provider.funds += collateralBack;
  market.balance -= refund;
  Object.assign(contract, { escrow: 0n, collateralLeft: 0n, phase: 'ENDED' });
  return ['ContractEnded', { contractId: contract.id, renter: contract.renter, provider: contract.provider, reason, refund, collateralBack, paid: contract.paid }];
}

// docs/spec/storage-contract.md: a second account of the Storage corporation, kept from the calls in blocks alone.
import { TypedDataEncoder, recoverAddress } from 'ethers';
import { Clock } from './clock.mjs';
import { NAMING, STORAGE, eventsOf } from './events.mjs';
import { countBits, provenMask } from './proofs.mjs';
import { NOTHING, REASON, challengeOf, contentAt, dueAt, endContract, settle } from './settlement.mjs';
import { CheckFailure, bytes, fail, hex, same } from './values.mjs';

const STEPS_MAX = 64;
const lower = (address) => address.toLowerCase();
const u = (type, ...names) => names.map((name) => ({ name, type }));
const TERMS = { Terms: [...u('address', 'renter', 'provider'), ...u('uint64', 'maxSectors'), ...u('uint128', 'price', 'collateral'),
  ...u('uint64', 'startWindow', 'endWindow', 'nonce', 'expiryHeight')] };
const REVISION = { Revision: [...u('bytes32', 'contractId'), ...u('uint64', 'revision'), ...u('bytes32', 'root'), ...u('uint64', 'sectors')] };

export class Market {
  constructor({ abi, chainId, genesisHash, tariff }) {
    this.abi = abi;
    this.domain = { name: 'Bitcloud Storage', version: '1', chainId, verifyingContract: STORAGE, salt: hex(genesisHash) };
    this.tariff = tariff;
    this.clock = new Clock(genesisHash, tariff.windowMillis);
    this.providers = new Map();
    this.contracts = new Map();
    this.balance = 0n;
    this.feesBurned = 0n;
    this.namesBurned = 0n;
    this.totals = { proofs: 0, leaves: 0, settled: 0, events: 0, paid: 0n, penalties: 0n, burned: 0n };
  }

  // Takes the next block; complains where its events are not what its calls must have said.
  block(block, parent) {
    this.clock.block(block.header, parent.header);
    same('beacon', `beacon in header ${block.height}`, hex(block.header.beacon), hex(this.clock.open.beacon));
    block.transactions.forEach((transaction, i) => {
      const receipt = block.receipts[i];
      this.feesBurned += receipt.gasUsed * block.header.baseFee;
      this.transaction(transaction, receipt, `block ${block.height}, transaction ${transaction.hash}`);
    });
  }

  transaction(transaction, receipt, where) {
    const found = eventsOf(this.abi, receipt);
    let expected = [];
    if (transaction.to === STORAGE && receipt.success) {
      this.balance += transaction.value;
      const call = this.abi.parseTransaction({ data: hex(transaction.input) });
      const act = this.acts()[call.name];
      if (act) expected = this.named(where, () => act({ ...transaction, ...call.args.toObject() }));
    }
    if (transaction.to === NAMING && receipt.success) this.namesBurned += transaction.value; // naming.md: the price, to the drop
    compareEvents(where, found, expected);
    this.totals.events += found.length;
  }

  named(where, act) {
    try {
      return act();
    } catch (error) {
      if (error instanceof CheckFailure) fail(error.check, `${where}: ${error.message}`);
      throw error;
    }
  }

  acts() {
    return {
      postPrices: (call) => this.postPrices(call),
      deposit: (call) => this.deposit(call),
      withdraw: (call) => this.withdraw(call),
      form: (call) => this.form(call),
      revise: (call) => this.revise(call),
      prove: (call) => this.prove(call),
      settle: (call) => this.settleFor(call),
      end: (call) => this.end(call),
    };
  }

  // The record of a provider; the first deposit or price list makes it.
  founded(address) {
    if (!this.providers.has(address)) {
      this.providers.set(address, { address, funds: 0n, earned: 0n, penalties: 0n, generation: 0n, misses: 0, ordinal: this.clock.open.ordinal,
        slots: [], free: [], masks: new Map() });
    }
    return this.providers.get(address);
  }

  settled(provider) {
    return settle(this, provider, { steps: STEPS_MAX, forReward: false }).events;
  }

  postPrices(call) {
    this.founded(call.from);
    const { storagePrice, collateral, freeSectors, expiryHeight } = call;
    return [['PricesPosted', { provider: call.from, storagePrice, collateral, freeSectors, expiryHeight }]];
  }

  deposit(call) {
    const provider = this.founded(call.from);
    provider.funds += call.value;
    return [['Deposited', { provider: call.from, amount: call.value, funds: provider.funds }]];
  }

  withdraw(call) {
    const provider = this.providers.get(call.from);
    const events = this.settled(provider);
    if (provider.funds < call.amount) fail('payments', `withdraws ${call.amount} of ${provider.funds} free`);
    provider.funds -= call.amount;
    this.balance -= call.amount;
    return [...events, ['Withdrawn', { provider: call.from, amount: call.amount, funds: provider.funds }]];
  }

  form(call) {
    const terms = call.terms.toObject();
    const id = TypedDataEncoder.hash(this.domain, TERMS, terms);
    same('contracts', 'who signed for the renter', lower(recoverAddress(id, call.renterSignature)), lower(terms.renter));
    same('contracts', 'who signed for the provider', lower(recoverAddress(id, call.providerSignature)), lower(terms.provider));
    if (this.contracts.has(id)) fail('contracts', `terms ${id} are used twice`);
    const provider = this.providers.get(lower(terms.provider));
    const events = this.settled(provider);
    const windows = terms.endWindow - terms.startWindow;
    const escrow = terms.maxSectors * terms.price * windows;
    const collateral = terms.maxSectors * terms.collateral;
    same('payments', 'value of form', call.value, escrow);
    if (provider.funds < collateral) fail('payments', `collateral ${collateral} exceeds free funds ${provider.funds}`);
    provider.funds -= collateral;
    const slot = provider.free.pop() ?? provider.slots.length;
    const contract = { id, renter: lower(terms.renter), provider: provider.address, price: terms.price, maxSectors: terms.maxSectors, collateral, escrow,
      collateralLeft: collateral, paid: 0n, provenLeaves: 0, missedLeaves: 0, phase: 'ACTIVE', slot, contents: [],
      startOrdinal: this.clock.open.ordinal, endOrdinal: this.clock.open.ordinal + Number(windows) };
    provider.slots[slot] = contract;
    this.contracts.set(id, contract);
    const { maxSectors, price, startWindow, endWindow } = terms;
    return [...events, ['ContractFormed', { ...this.parties(contract), maxSectors, price, startWindow, endWindow, escrow, collateral }]];
  }

  parties({ id, renter, provider }) {
    return { contractId: id, renter, provider };
  }

  revise(call) {
    const { contractId, revision, root, sectors } = call.revision.toObject();
    const contract = this.contracts.get(contractId);
    const digest = TypedDataEncoder.hash(this.domain, REVISION, { contractId, revision, root, sectors });
    same('contracts', 'who signed the revision for the renter', lower(recoverAddress(digest, call.renterSignature)), contract.renter);
    same('contracts', 'who signed the revision for the provider', lower(recoverAddress(digest, call.providerSignature)), contract.provider);
    const events = this.settled(this.providers.get(contract.provider));
    const last = contract.contents.at(-1);
    if (last && revision <= last.revision) fail('contracts', `revision ${revision} after ${last.revision}`);
    if (sectors > contract.maxSectors) fail('contracts', `${sectors} sectors where ${contract.maxSectors} are allowed`);
    contract.contents.push({ from: this.clock.open.index + 1n, root, sectors, revision });
    return [...events, ['ContractRevised', { ...this.parties(contract), revision, root, sectors }]];
  }

  prove(call) {
    const provider = this.providers.get(call.from);
    const events = this.settled(provider);
    const window = this.clock.open;
    same('proofs', 'proven window', call.window, window.index);
    if (provider.masks.has(window.index)) fail('proofs', `window ${window.index} is proven twice`);
    const { leaves } = challengeOf(provider, window);
    const frozen = new Map(provider.slots.filter(Boolean).map((contract) => [contract.id, contentAt(contract, window.index)]));
    let mask;
    try {
      mask = provenMask(bytes(call.proof), leaves, frozen);
    } catch (error) {
      fail('proofs', `window ${window.index}: ${error.message}`);
    }
    provider.masks.set(window.index, mask);
    const proven = BigInt(countBits(mask));
    this.totals.proofs++;
    this.totals.leaves += Number(proven);
    return [...events, ['WindowProven', { provider: call.from, window: window.index, mask: BigInt(mask), proven }]];
  }

  settleFor(call) {
    return settle(this, this.providers.get(lower(call.provider)), { steps: STEPS_MAX, forReward: true }).events;
  }

  end(call) {
    const contract = this.contracts.get(call.contractId);
    const provider = this.providers.get(contract.provider);
    const events = this.settled(provider);
    if (contract.phase === 'ENDED') return events; // settled to its end by this very call
    if (contract.phase === 'ABANDONED') return [...events, endContract(this, contract, REASON.providerEnded)];
    if (contract.phase === 'ENDING') return [...events, endContract(this, contract, REASON.early)];
    const { open } = this.clock;
    const idle = contract.contents.length === 0 && open.ordinal - contract.startOrdinal >= Number(this.tariff.idleWindows);
    if (idle) return [...events, endContract(this, contract, REASON.idle)];
    same('contracts', 'who ends early', call.from, contract.renter);
    return [...events, ...this.endEarly(contract, provider, open)];
  }

  endEarly(contract, provider, open) {
    const now = dueAt(contract, open.index);
    const next = dueAt(contract, open.index + 1n);
    const wanted = BigInt(this.tariff.earlyEndWindows) * (now > next ? now : next);
    const fee = wanted < contract.escrow - now ? wanted : contract.escrow - now;
    contract.escrow -= fee;
    contract.paid += fee;
    provider.funds += fee;
    provider.earned += fee;
    const ending = ['ContractEnding', { ...this.parties(contract), fee }];
    if (now === 0n) return [...(fee > 0n ? [ending] : []), endContract(this, contract, REASON.early)];
    contract.phase = 'ENDING';
    const others = provider.slots.filter((each) => each && each !== contract && each.endOrdinal === open.ordinal + 1).length;
    contract.endOrdinal = others < Number(this.tariff.endsPerWindowMax) ? open.ordinal + 1 : Infinity;
    contract.contents.push({ ...NOTHING, from: open.index + 1n });
    return [ending];
  }
}

// Events of one call in any order: the order is not specified.
export function compareEvents(where, found, expected) {
  const text = ([name, args]) => `${name} ${Object.keys(args).sort().map((key) => `${key}=${lower(String(args[key]))}`).join(' ')}`;
  const left = found.map(text).sort();
  const right = expected.map(text).sort();
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    if (left[i] !== right[i]) fail('payments', `${where}: event ${left[i] ?? '(none)'}, expected ${right[i] ?? '(none)'}`);
  }
}

// docs/spec/corporations.md, fees.md, naming.md and storage-contract.md (Entries): what exported state says of coins and contracts.
import { decode, integer, list } from './rlp.mjs';
import { NAMING, STORAGE } from './events.mjs';
import { drawsOf } from './proofs.mjs';
import { bytes, fail, hex, number, same } from './values.mjs';

const SUPPLY = '0x0201';
const CORPORATION = 0x01;
const PROVIDER = ['funds', 'locked', 'escrow', 'earned', 'penalties', 'generation', 'ordinal', 'misses', 'provenWindow', 'provenMask',
  'accumulated', 'active', 'slots', 'freeSlots', 'depth', 'checkpointWanted', 'dueBefore', 'dueAfter', 'dueChangedIn'];
const CONTRACT = ['phase', 'endOrdinal', 'revision', 'root', 'sectors', 'nextRoot', 'nextSectors', 'nextFrom', 'escrow', 'collateral',
  'paid', 'checkpoint', 'provenLeaves', 'missedLeaves'];
const WINDOW = ['index', 'openTime', 'openHeight', 'blocks', 'maxGap', 'ordinal', 'beacon', 'parentHash'];

const record = (value, names, what) => {
  const items = list(decode(value), names.length, what);
  return Object.fromEntries(items.map((item, i) => [names[i], Buffer.isBuffer(item) ? number(item) : item]));
};

// Reads an export once into balances, supply and the entries of Storage by their kind.
export function readLedger(entries) {
  const ledger = { balances: new Map(), providers: new Map(), contracts: new Map(), agreements: new Map(), slots: new Map(),
    unclaimed: 0n, window: null, supply: null, parameters: null };
  for (const [key, value] of entries) {
    if (key[0] === 0x00) ledger.balances.set(hex(key.subarray(1)), integer(list(decode(value), undefined, 'account')[1]));
    else if (hex(key) === SUPPLY) ledger.supply = list(decode(value), 3, 'supply').map((each) => integer(each));
    else if (key[0] === CORPORATION && hex(key.subarray(1, 21)) === STORAGE) storageEntry(ledger, key.subarray(21), value);
  }
  return ledger;
}

function storageEntry(ledger, key, value) {
  const kind = String.fromCharCode(key[0]);
  const name = key.subarray(1);
  if (kind === 'P') ledger.parameters = list(decode(value), 6, 'parameters').map((each) => integer(each));
  if (kind === 'W') ledger.window = windowOf(value);
  if (kind === 'p') ledger.providers.set(hex(name), record(value, PROVIDER, 'provider'));
  if (kind === 'c') ledger.agreements.set(hex(name), list(decode(value), 10, 'agreement'));
  if (kind === 'd') ledger.contracts.set(hex(name), contractOf(value));
  if (kind === 's') ledger.slots.set(hex(name), hex(value));
  if (kind === 'g') ledger.unclaimed += integer(list(decode(value), 3, 'generation')[2]);
}

function windowOf(value) {
  const items = list(decode(value), WINDOW.length, 'window');
  return { ...record(value, WINDOW, 'window'), beacon: items[6], parentHash: items[7] };
}

function contractOf(value) {
  const items = list(decode(value), CONTRACT.length, 'contract');
  return { ...record(value, CONTRACT, 'contract'), root: hex(items[3]), nextRoot: hex(items[5]) };
}

const sum = (values) => [...values].reduce((total, each) => total + each, 0n);

// All coins, and those of the Storage corporation.
export function checkConservation(ledger) {
  const check = 'conservation';
  const [genesis, minted, burned] = ledger.supply ?? fail(check, 'the state has no supply entry');
  const balances = sum(ledger.balances.values());
  same(check, `balances of ${ledger.balances.size} accounts plus burned`, balances + burned, genesis + minted);
  const owed = sum([...ledger.providers.values()].map((each) => each.funds + each.locked + each.escrow)) + ledger.unclaimed;
  same(check, 'what Storage owns', ledger.balances.get(STORAGE) ?? 0n, owed);
  same(check, 'what Naming owns', ledger.balances.get(NAMING) ?? 0n, 0n); // it burns all that it gets
  return { accounts: ledger.balances.size, balances, burned, genesis, minted, storage: owed };
}

// The draws that the exported entries give each provider in the open window. A contract that is over by its ordinal counts no more.
export function drawsOfState(ledger, address) {
  const provider = ledger.providers.get(address);
  const slots = [];
  for (let slot = 0n; slot < provider.slots; slot++) {
    const id = ledger.slots.get(slotKey(address, provider.generation, slot));
    const contract = id && ledger.contracts.get(id);
    if (!contract || contract.endOrdinal <= ledger.window.ordinal) continue;
    const sectors = contract.nextFrom > 0n && contract.nextFrom <= ledger.window.index ? contract.nextSectors : contract.sectors;
    slots.push({ id, due: integer(ledger.agreements.get(id)[3]) * sectors, sectors });
  }
  return drawsOf(ledger.window.beacon, address, slots);
}

function slotKey(address, generation, slot) {
  const rest = Buffer.alloc(16);
  rest.writeBigUInt64BE(generation, 0);
  rest.writeBigUInt64BE(slot, 8);
  return hex(Buffer.concat([bytes(address), rest]));
}

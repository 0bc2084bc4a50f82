// Checks a chain against docs/spec alone: node checker.mjs --rpc URL [--from N] [--to N] [--json]
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { readBlock, readChain } from './checker/blocks.mjs';
import { checkBooks, checkChallenges } from './checker/comparison.mjs';
import { storageInterface, view } from './checker/events.mjs';
import { checkConservation, readLedger } from './checker/ledger.mjs';
import { Market } from './checker/market.mjs';
import { Rpc, quantity } from './checker/rpc.mjs';
import { checkState, exportState } from './checker/state.mjs';
import { CheckFailure, bytes, fail } from './checker/values.mjs';

// Checks blocks `from` to `to` (to the height of the export where not named) and the head's state. Returns one
// {check, …counts} a check; throws CheckFailure at the first difference. Payments are followed from block 0 only.
export async function checkChain({ rpc: url, from = 0, to, report = () => {} }) {
  const rpc = new Rpc(url);
  const info = await rpc.call('bitcloud_nodeInfo');
  const genesisHash = bytes(info.genesisHash);
  const network = { genesisHash, engine: info.engine };
  const results = [];
  const done = (check, counts) => {
    results.push({ check, ...counts });
    report(results.at(-1));
  };
  const abi = await storageInterface(rpc);
  const exported = await exportState(rpc);
  const last = to ?? exported.height;
  if (from > last || last > exported.height) fail('blocks', `no blocks ${from} to ${last}: the chain ends at ${exported.height}`);
  const tip = await readBlock(rpc, exported.height, info.engine);
  done('state root', await checkState(rpc, exported, tip.header));
  const blocks = await readChain(rpc, from, last, network);
  done('blocks', { from, to: last, transactions: blocks.reduce((sum, block) => sum + block.transactions.length, 0) });
  const ledger = readLedger(exported.entries);
  done('conservation', checkConservation(ledger));

  const at = quantity(exported.height);
  const market = from === 0 ? await replay(rpc, abi, info, genesisHash, blocks, done) : null;
  const whole = market && last === exported.height;
  const context = { rpc, abi, market: whole ? market : null, ledger, genesisHash, block: at };
  if (whole) done('books', await checkBooks(context));
  if (ledger.window) done('challenges', await checkChallenges(context));
  return results;
}

async function replay(rpc, abi, info, genesisHash, blocks, done) {
  const tariff = await view(rpc, abi, 'latest', 'tariff');
  const market = new Market({ abi, chainId: BigInt(info.chainId), genesisHash, tariff });
  for (let i = 1; i < blocks.length; i++) market.block(blocks[i], blocks[i - 1]);
  const { proofs, leaves, ...payments } = market.totals;
  const windows = market.clock.windows;
  done('windows', { windows: windows.length, void: windows.filter((each) => each.isVoid).length });
  done('proofs', { proofs, leaves });
  done('payments', payments);
  return market;
}

const plain = (_, value) => (typeof value === 'bigint' ? String(value) : value);

async function main() {
  const { values } = parseArgs({ options: {
    rpc: { type: 'string' }, from: { type: 'string', default: '0' }, to: { type: 'string' }, json: { type: 'boolean', default: false },
  } });
  if (!values.rpc) throw new Error('usage: checker.mjs --rpc URL [--from N] [--to N] [--json]');
  const line = ({ check, ...counts }) => console.log(`ok  ${check}: ${Object.entries(counts).map(([name, value]) => `${name} ${value}`).join(', ')}`);
  const results = await checkChain({
    rpc: values.rpc, from: Number(values.from), to: values.to === undefined ? undefined : Number(values.to),
    report: values.json ? () => {} : line,
  });
  if (values.json) console.log(JSON.stringify({ ok: true, checks: results }, plain));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error) => {
    const known = error instanceof CheckFailure;
    if (process.argv.includes('--json')) console.log(JSON.stringify({ ok: false, check: known ? error.check : null, error: error.message }));
    console.error(known ? `FAILED  ${error.message}` : `error: ${error.message}`);
    process.exitCode = 1;
  });
}

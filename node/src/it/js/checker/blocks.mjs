// docs/spec/block.md and transactions.md: blocks, their hashes, links and roots.
import { Transaction, recoverAddress } from 'ethers';
import { decode, encode, fixed, integer, list } from './rlp.mjs';
import { listRoot } from './merkle.mjs';
import { quantity } from './rpc.mjs';
import { bytes, fail, hex, keccak, same, ZERO } from './values.mjs';

const HEADER = ['parent', 'height', 'timeMillis', 'proposer', 'sealData', 'stateRoot', 'transactionsRoot', 'attestationsRoot',
  'receiptsRoot', 'logsBloom', 'gasLimit', 'gasUsed', 'baseFee', 'beacon', 'validators', 'nextValidators'];
const SIZES = { parent: 32, proposer: 20, stateRoot: 32, transactionsRoot: 32, attestationsRoot: 32, receiptsRoot: 32,
  logsBloom: 256, beacon: 32, validators: 32, nextValidators: 32 };
const NUMBERS = new Set(['height', 'timeMillis', 'gasLimit', 'gasUsed', 'baseFee']);
const AT_ONCE = 16;

// A block out of its bytes; the hash is Keccak-256 of the header as it was read.
export function decodeBlock(raw) {
  const [header, sealProof, body] = list(decode(raw), 3, 'block');
  const [transactions, attestations] = list(body, 2, 'body');
  const fields = {};
  list(header, HEADER.length, 'header').forEach((item, i) => {
    const name = HEADER[i];
    if (NUMBERS.has(name)) fields[name] = integer(item, name);
    else fields[name] = SIZES[name] ? fixed(item, SIZES[name], name) : fixed(item, item.length, name);
  });
  list(transactions, undefined, 'transactions');
  list(attestations, undefined, 'attestations');
  return { header: fields, hash: keccak(encode(header)), sealProof, transactions, attestations };
}

// Reads one block and checks what can be checked without its neighbours.
export async function readBlock(rpc, height, engine) {
  const check = 'blocks';
  const raw = await rpc.call('bitcloud_exportBlock', quantity(height));
  if (raw === null) fail(check, `block ${height} is missing`);
  let block;
  try {
    block = decodeBlock(bytes(raw));
  } catch (error) {
    fail(check, `block ${height} cannot be decoded: ${error.message}`);
  }
  const { header } = block;
  same(check, `height of block ${height}`, header.height, height);
  same(check, `transactions root of block ${height}`, hex(header.transactionsRoot), hex(listRoot(block.transactions)));
  same(check, `attestations root of block ${height}`, hex(header.attestationsRoot), hex(listRoot(block.attestations)));
  const shown = await rpc.call('eth_getBlockByNumber', quantity(height), false);
  same(check, `hash of block ${height}`, shown.hash, hex(block.hash));
  same(check, `transactions of block ${height}`, shown.transactions.join(), block.transactions.map((each) => hex(keccak(each))).join());
  if (height > 0 && engine === 'dev') sealed(block);
  const receipts = await readReceipts(rpc, block, height);
  return { ...block, height, receipts, transactions: block.transactions.map(readTransaction) };
}

function readTransaction(raw) {
  const transaction = Transaction.from(hex(raw));
  return {
    hash: hex(keccak(raw)),
    from: transaction.from.toLowerCase(),
    to: transaction.to?.toLowerCase() ?? null,
    value: transaction.value,
    input: bytes(transaction.data),
  };
}

// The receipts of a block, compared with the root in its header.
async function readReceipts(rpc, block, height) {
  if (block.transactions.length === 0) {
    same('blocks', `receipts root of block ${height}`, hex(block.header.receiptsRoot), hex(ZERO));
    return [];
  }
  const shown = await rpc.call('eth_getBlockReceipts', quantity(height));
  const items = shown.map((each) => encode([BigInt(each.type), BigInt(each.status), BigInt(each.cumulativeGasUsed),
    each.logs.map((log) => [bytes(log.address), log.topics.map(bytes), bytes(log.data)])]));
  same('blocks', `receipts root of block ${height}`, hex(block.header.receiptsRoot), hex(listRoot(items)));
  return shown.map((each) => ({
    success: each.status === '0x1',
    gasUsed: BigInt(each.gasUsed),
    logs: each.logs.map((log) => ({ address: log.address.toLowerCase(), topics: log.topics, data: log.data })),
  }));
}

// Every block from `from` to `to`, each linked to the one before it.
export async function readChain(rpc, from, to, { genesisHash, engine }) {
  const blocks = [];
  for (let height = from; height <= to; height += AT_ONCE) {
    const heights = Array.from({ length: Math.min(AT_ONCE, to - height + 1) }, (_, i) => height + i);
    blocks.push(...await Promise.all(heights.map((each) => readBlock(rpc, each, engine))));
  }
  let before = from === 0 ? genesisHash : await parentOf(rpc, from);
  blocks.forEach((block, i) => {
    same('blocks', `parent of block ${block.height}`, hex(block.header.parent), hex(before));
    if (i > 0) linked(block, blocks[i - 1]);
    before = block.hash;
  });
  return blocks;
}

// What a header takes over from its parent: validation.md.
function linked({ header, height }, { header: parent }) {
  if (header.timeMillis <= parent.timeMillis) fail('blocks', `time of block ${height} does not rise`);
  same('blocks', `gas limit of block ${height}`, header.gasLimit, parent.gasLimit);
  same('blocks', `base fee of block ${height}`, header.baseFee, nextBaseFee(parent));
  same('blocks', `validators of block ${height}`, hex(header.validators), hex(parent.nextValidators));
}

function nextBaseFee({ gasUsed, gasLimit, baseFee }) {
  const target = gasLimit / 2n;
  if (gasUsed === target) return baseFee;
  if (gasUsed < target) return baseFee - (baseFee * (target - gasUsed)) / target / 8n;
  const rise = (baseFee * (gasUsed - target)) / target / 8n;
  return baseFee + (rise > 1n ? rise : 1n);
}

// dev-engine.md: the proposer signed the header's hash.
function sealed({ header, hash, sealProof }) {
  let signer;
  try {
    signer = recoverAddress(hex(hash), hex(sealProof)).toLowerCase();
  } catch (error) {
    fail('blocks', `seal of block ${header.height}: ${error.shortMessage ?? error.message}`);
  }
  same('blocks', `signer of block ${header.height}`, signer, hex(header.proposer));
}

async function parentOf(rpc, height) {
  return decodeBlock(bytes(await rpc.call('bitcloud_exportBlock', quantity(height - 1)))).hash;
}

// Makes src/test/resources/vectors/ethers-*.tsv with ethers 6, as a second opinion on our encodings.
// Run: npm install ethers@6 && node ethers.mjs OUTPUT_FOLDER. The same numbers come out every time.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AbiCoder, HDNodeWallet, SigningKey, Transaction, TypedDataEncoder, Wallet, computeAddress,
  getAddress, hexlify, id, toBeHex } from 'ethers';

const folder = process.argv[2];
let state = 20141n;
const next = () => {
  state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
  return Number(state >> 33n);
};
const below = (bound) => next() % bound;
const bytes = (size) => hexlify(Uint8Array.from({ length: size }, () => below(256)));
const number = (bits) => {
  const size = below(bits + 1);
  let value = 0n;
  for (let i = 0; i < size; i++) value = (value << 1n) | BigInt(below(2));
  return value;
};
const address = () => getAddress(bytes(20));
const list = (max, make) => Array.from({ length: below(max + 1) }, make);
const file = (name, lines) =>
  writeFileSync(join(folder, name), lines.map((line) => line.join('\t')).join('\n') + '\n');

// type, private key, sender, hash, unsigned hash, encoded, then the fields
const transactions = [['#type', 'key', 'sender', 'hash', 'signingHash', 'encoded', 'chainId', 'nonce',
  'tip', 'feeCap', 'gasLimit', 'to', 'value', 'input', 'accessList']];
for (let i = 0; i < 150; i++) {
  const type = i % 3;
  const key = bytes(32);
  const accessList = type === 0 ? null
    : list(3, () => ({ address: address(), storageKeys: list(3, () => bytes(32)) }));
  const fields = { type, chainId: below(4) === 0 ? number(40) + 1n : 201403n, nonce: Number(number(30)),
    gasLimit: number(40), to: below(8) === 0 ? null : address(), value: number(below(2) ? 70 : 256),
    data: bytes(below(4) === 0 ? below(300) : below(40)) };
  if (type === 2) {
    fields.maxPriorityFeePerGas = number(64);
    fields.maxFeePerGas = fields.maxPriorityFeePerGas + number(64);
  } else {
    fields.gasPrice = number(64);
  }
  if (accessList) fields.accessList = accessList;
  const tx = Transaction.from(fields);
  const unsignedHash = tx.unsignedHash;
  tx.signature = new SigningKey(key).sign(unsignedHash);
  transactions.push([type, key, computeAddress(key), tx.hash, unsignedHash, tx.serialized,
    tx.chainId, tx.nonce, type === 2 ? tx.maxPriorityFeePerGas : tx.gasPrice,
    type === 2 ? tx.maxFeePerGas : tx.gasPrice, tx.gasLimit, tx.to ?? '', tx.value, tx.data,
    JSON.stringify(accessList ?? [])]);
}
file('ethers-transactions.tsv', transactions);

// canonical type list, values as JSON, encoding
const leafTypes = ['uint256', 'uint64', 'uint8', 'address', 'bool', 'bytes32', 'bytes4', 'bytes', 'string'];
const type = (depth) => {
  const kind = below(depth > 0 ? 12 : 9);
  if (kind < 9) return leafTypes[kind];
  if (kind < 11) return type(depth - 1) + '[]';
  return '(' + Array.from({ length: 1 + below(3) }, () => type(depth - 1)).join(',') + ')';
};
const split = (inner) => {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= inner.length; i++) {
    if (i === inner.length || (inner[i] === ',' && depth === 0)) {
      parts.push(inner.slice(start, i));
      start = i + 1;
    } else if (inner[i] === '(') depth++;
    else if (inner[i] === ')') depth--;
  }
  return parts;
};
const words = ['', 'a', 'cloud', 'Wolke über Zürich', '雲', 'x'.repeat(32), 'y'.repeat(65)];
const value = (t) => {
  if (t.endsWith('[]')) return list(3, () => value(t.slice(0, -2)));
  if (t.startsWith('(')) return split(t.slice(1, -1)).map(value);
  if (t.startsWith('uint')) return number(Number(t.slice(4))).toString();
  if (t === 'address') return address();
  if (t === 'bool') return below(2) === 1;
  if (t === 'string') return words[below(words.length)];
  if (t === 'bytes') return bytes(below(70));
  return bytes(Number(t.slice(5)));
};
const abi = [['#types', 'values', 'encoded']];
for (let i = 0; i < 200; i++) {
  const types = Array.from({ length: 1 + below(5) }, () => type(3));
  const values = types.map(value);
  abi.push(['(' + types.join(',') + ')', JSON.stringify(values),
    AbiCoder.defaultAbiCoder().encode(types.map((t) => t.replaceAll('(', 'tuple(')), values)]);
}
file('ethers-abi.tsv', abi);

// EIP-712: a storage contract as our wallets sign it, and nested structs in arrays
const types = {
  Price: [{ name: 'perByte', type: 'uint128' }, { name: 'memo', type: 'string' }],
  Offer: [{ name: 'provider', type: 'address' }, { name: 'root', type: 'bytes32' },
    { name: 'bytes', type: 'uint64' }, { name: 'open', type: 'bool' }, { name: 'blob', type: 'bytes' },
    { name: 'price', type: 'Price' }, { name: 'tiers', type: 'Price[]' }, { name: 'days', type: 'uint16[]' }],
};
const typed = [['#domain', 'value', 'structHash', 'digest']];
for (let i = 0; i < 40; i++) {
  const domain = { name: 'Bitcloud', version: '1', chainId: 201403, verifyingContract: address() };
  if (i % 4 === 1) domain.salt = bytes(32);
  if (i % 4 === 2) delete domain.version;
  const price = () => ({ perByte: number(128).toString(), memo: words[below(words.length)] });
  const offer = { provider: address(), root: bytes(32), bytes: number(53).toString(), open: below(2) === 1,
    blob: bytes(below(50)), price: price(), tiers: list(3, price), days: list(4, () => below(65536)) };
  typed.push([JSON.stringify(domain), JSON.stringify(offer), TypedDataEncoder.hashStruct('Offer', types, offer),
    TypedDataEncoder.hash(domain, types, offer)]);
}
file('ethers-typed-data.tsv', typed);

// path, address, private key of the mnemonic that every development chain uses
const phrase = 'test test test test test test test test test test test junk';
const paths = [];
for (let i = 0; i < 10; i++) paths.push(`m/44'/60'/0'/0/${i}`);
for (let i = 0; i < 64; i++) paths.push(`m/44'/60'/1'/0/${i}`);
paths.push("m", "m/0", "m/44'/60'/2147483647'/1/2147483647");
file('ethers-derivation.tsv', [['#path', 'address', 'key'], ...paths.map((path) => {
  const wallet = HDNodeWallet.fromPhrase(phrase, '', path);
  return [path, wallet.address, wallet.privateKey];
})]);

// key, digest, signature r s v, public key
const signatures = [['#key', 'digest', 'signature', 'publicKey']];
for (let i = 0; i < 60; i++) {
  const key = new SigningKey(bytes(32));
  const digest = id(toBeHex(i));
  signatures.push([key.privateKey, digest, key.sign(digest).serialized, key.publicKey]);
}
file('ethers-signatures.tsv', signatures);

// a key store with little work
const wallet = new Wallet('0x' + '46'.repeat(32));
writeFileSync(join(folder, 'ethers-keystore.json'),
  wallet.encryptSync('Wolke ☁ 7', { scrypt: { N: 1024, r: 8, p: 1 }, salt: '0x' + '07'.repeat(32),
    iv: '0x' + '09'.repeat(16), uuid: '0x' + '0b'.repeat(16) }) + '\n');

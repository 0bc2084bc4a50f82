// ethers, unchanged, as a wallet and SDK of this chain.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ethers } from 'ethers';
import { Devnet, discard, root, scratch } from '../lib/devnet.mjs';

const STORAGE = '0x000000000000000000000000000000000000bc02';
const NAMING = '0x000000000000000000000000000000000000bc07';
let work;
let devnet;
let provider;
let wallet;

before(async () => {
  work = await scratch();
  devnet = await Devnet.start(join(work, 'devnet'));
  provider = new ethers.JsonRpcProvider(devnet.ready.rpc, undefined, { cacheTimeout: -1 });
  wallet = ethers.HDNodeWallet.fromPhrase(devnet.ready.mnemonic, '', "m/44'/60'/0'/0/3").connect(provider);
});

after(async () => {
  provider?.destroy();
  const end = await devnet?.stop();
  await discard(work);
  assert.ok(end.code === 0 || end.code === 143, `devnet ended with ${end.code} ${end.signal}`);
});

test('network, accounts and balance', async () => {
  assert.equal((await provider.getNetwork()).chainId, 201403n);
  assert.equal(devnet.ready.accounts.length, 10);
  assert.equal(devnet.ready.accounts[3].address ?? devnet.ready.accounts[3], wallet.address);
  assert.equal(await provider.getBalance(wallet.address), ethers.parseEther('1000000'));
});

for (const type of [0, 2]) {
  test(`sends type ${type} and reads it back`, async () => {
    const to = ethers.Wallet.createRandom().address;
    const before = await provider.getBalance(wallet.address);
    assert.equal(await wallet.estimateGas({ to, value: ethers.parseEther('1.5'), type }), 21_000n);
    const sent = await wallet.sendTransaction({ to, value: ethers.parseEther('1.5'), type });
    const receipt = await sent.wait(1, 20_000);
    assert.equal(receipt.status, 1);
    assert.equal(receipt.gasUsed, 21_000n);
    assert.equal(await provider.getBalance(to), ethers.parseEther('1.5'));
    assert.equal(await provider.getBalance(wallet.address),
      before - ethers.parseEther('1.5') - receipt.gasUsed * receipt.gasPrice);
    const found = await provider.getTransaction(sent.hash);
    assert.equal(found.type, type);
    assert.equal(found.from, wallet.address);
    const block = await provider.getBlock(receipt.blockNumber, true);
    assert.equal(block.hash, receipt.blockHash);
    assert.ok(block.prefetchedTransactions.some((each) => each.hash === sent.hash));
    assert.equal(block.timestamp, Math.floor(Number(await blockMillis(block.number)) / 1000));
  });
}

async function blockMillis(number) {
  const block = await provider.send('eth_getBlockByNumber', [ethers.toQuantity(number), false]);
  return BigInt(block.timestampMillis);
}

test('hears new heads over WebSocket', async () => {
  const socket = new ethers.WebSocketProvider(devnet.ready.ws);
  try {
    const heard = new Promise((done) => socket.once('block', done));
    await socket.getBlockNumber();
    await wallet.sendTransaction({ to: wallet.address, value: 1n });
    assert.equal(typeof await heard, 'number');
  } finally {
    await socket.destroy();
  }
});

test('shows the rule of a revert', async () => {
  const abi = await publishedAbi(STORAGE, 'Storage');
  const storage = new ethers.Contract(STORAGE, abi, wallet);
  await assert.rejects(storage.withdraw.staticCall(ethers.parseEther('1')), (error) => {
    assert.equal(error.code, 'CALL_EXCEPTION');
    assert.match(error.reason, /^STO-\d+ /);
    return true;
  });
  await assert.rejects(wallet.sendTransaction({ to: wallet.address, value: ethers.parseEther('9000000') }),
    (error) => error.code === 'INSUFFICIENT_FUNDS');
});

test('reads a storage contract and its events through the published ABI', async () => {
  const file = join(work, 'file');
  await writeFile(file, randomBytes(100_000));
  const put = await devnet.json('storage', 'put', file);
  assert.match(put.id, /^0x[0-9a-f]{64}$/);

  const storage = new ethers.Contract(STORAGE, await publishedAbi(STORAGE, 'Storage'), provider);
  const formed = await storage.queryFilter(storage.filters.ContractFormed(), 0, 'latest');
  assert.equal(formed.length, 6, 'one contract a provider');
  const revised = await storage.queryFilter(storage.filters.ContractRevised(), 0, 'latest');
  assert.ok(revised.length >= 6);
  const renter = devnet.ready.accounts[0].address ?? devnet.ready.accounts[0];
  for (const event of formed) {
    assert.equal(event.args.renter, renter);
    const id = event.args.contractId ?? event.args.id ?? event.args[0];
    const status = await storage.contractById(id);
    const shown = JSON.stringify(status, (_, value) => typeof value === 'bigint' ? `${value}` : value);
    assert.match(shown, new RegExp(renter, 'i'));
  }
});

test('registers and resolves a name through the published ABI', async () => {
  const naming = new ethers.Contract(NAMING, await publishedAbi(NAMING, 'Naming'), wallet);
  const label = 'ethers-name';
  const secret = ethers.hexlify(randomBytes(32));
  const encoded = ethers.AbiCoder.defaultAbiCoder().encode(['string', 'address', 'bytes32'], [label, wallet.address, secret]);
  const commitment = ethers.keccak256(encoded);
  assert.equal(await naming.commitmentHash(label, wallet.address, secret), commitment);
  const estimate = await naming.commit.estimateGas(commitment);
  const committed = await (await naming.commit(commitment, { gasLimit: estimate })).wait();
  assert.equal(committed.gasUsed, estimate, 'a call takes the gas that was estimated');
  const price = await naming.price(label, 1);
  assert.equal(price, ethers.parseEther('1'));
  await assert.rejects(naming.reveal.staticCall(label, wallet.address, secret, 1, { value: price }),
    (error) => /^NAM-22 /.test(error.reason));

  const { commitAgeMillis } = await naming.tariff();
  await ageOf(committed.blockNumber, commitAgeMillis);
  const revealed = await (await naming.reveal(label, wallet.address, secret, 1, { value: price })).wait();
  const [event] = revealed.logs.map((log) => naming.interface.parseLog(log));
  assert.equal(event.name, 'NameRegistered');
  assert.deepEqual([event.args.id, event.args.owner, event.args.label, event.args.burned],
    [ethers.id(label), wallet.address, label, price]);

  await (await naming.setRecord(label, 'address', wallet.address)).wait();
  assert.equal(ethers.getAddress(await naming.resolve(label, 'address')), wallet.address);
  assert.equal((await devnet.json('name', 'resolve', label)).value, wallet.address);
  assert.equal((await naming.status(label)).phase, 1n);
  assert.deepEqual((await naming.records(label)).map((each) => each.toArray()), [['address', wallet.address.toLowerCase()]]);
  assert.equal(await provider.getBalance(NAMING), 0n, 'the price is burned');
});

// Waits for a block so much later than another one.
async function ageOf(number, millis) {
  const until = (await blockMillis(number)) + millis;
  const socket = new ethers.WebSocketProvider(devnet.ready.ws);
  try {
    await new Promise((done, failed) => {
      const look = (height) => blockMillis(height).then((time) => time >= until && done(), failed);
      socket.on('block', look);
    });
  } finally {
    await socket.destroy();
  }
}

// The ABI that a node serves is the one published in the repository.
async function publishedAbi(address, name) {
  const corporations = await provider.send('bitcloud_corporations', []);
  const served = corporations.find((each) => each.address.toLowerCase() === address);
  const published = JSON.parse(await readFile(join(root, 'contracts', 'abi', `${name}.json`), 'utf8'));
  assert.deepEqual(served.abi, published);
  return published;
}

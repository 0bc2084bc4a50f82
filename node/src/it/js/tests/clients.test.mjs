// viem and cast, unchanged, as wallets of this chain.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { createPublicClient, createWalletClient, defineChain, http, parseEther, webSocket } from 'viem';
import { generatePrivateKey, mnemonicToAccount, privateKeyToAccount } from 'viem/accounts';
import { Devnet, discard, root, run, scratch } from '../lib/devnet.mjs';

const cast = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', '.bin', 'cast');
// Of cast's packages for the platforms only this one could be had from npm.
const castMissing = !existsSync(cast) && 'cast is not installed: its package here is for Linux on amd64';
let work;
let devnet;
let chain;

before(async () => {
  work = await scratch();
  devnet = await Devnet.start(join(work, 'devnet'));
  chain = defineChain({
    id: 201403,
    name: 'devnet',
    nativeCurrency: { name: 'cloudcoin', symbol: 'CLD', decimals: 18 },
    rpcUrls: { default: { http: [devnet.ready.rpc] } },
  });
});

after(async () => {
  const end = await devnet?.stop();
  await discard(work);
  assert.ok(end.code === 0 || end.code === 143, `devnet ended with ${end.code} ${end.signal}`);
});

for (const type of ['legacy', 'eip1559']) {
  test(`viem sends ${type}, reads receipt and block, hears the head`, async () => {
    const reader = createPublicClient({ chain, transport: http(), pollingInterval: 100 });
    const socket = createPublicClient({ chain, transport: webSocket(devnet.ready.ws) });
    const account = mnemonicToAccount(devnet.ready.mnemonic, { addressIndex: 4 });
    const wallet = createWalletClient({ account, chain, transport: http() });
    const to = privateKeyToAccount(generatePrivateKey()).address;
    const heard = new Promise((done, failed) => {
      socket.watchBlockNumber({ onBlockNumber: done, onError: failed });
    });
    try {
      assert.equal(await reader.estimateGas({ account, to, value: 1n }), 21_000n);
      const hash = await wallet.sendTransaction({ to, value: parseEther('1.5'), type });
      const receipt = await reader.waitForTransactionReceipt({ hash, timeout: 20_000 });
      assert.equal(receipt.status, 'success');
      assert.equal(await reader.getBalance({ address: to }), parseEther('1.5'));
      assert.equal((await reader.getTransaction({ hash })).type, type);
      const block = await reader.getBlock({ blockHash: receipt.blockHash, includeTransactions: true });
      assert.ok(block.transactions.some((each) => each.hash === hash));
      assert.ok(await heard > 0n);
    } finally {
      (await socket.transport.getRpcClient()).close();
    }
  });
}

test('viem estimates, calls and reads the Naming corporation through the published ABI', async () => {
  const abi = JSON.parse(await readFile(join(root, 'contracts', 'abi', 'Naming.json'), 'utf8'));
  const address = '0x000000000000000000000000000000000000bc07';
  const reader = createPublicClient({ chain, transport: http(), pollingInterval: 100 });
  const account = mnemonicToAccount(devnet.ready.mnemonic, { addressIndex: 6 });
  const wallet = createWalletClient({ account, chain, transport: http() });
  const commitment = await reader.readContract({
    abi, address, functionName: 'commitmentHash', args: ['viem-name', account.address, generatePrivateKey()],
  });
  const call = { abi, address, account, functionName: 'commit', args: [commitment] };
  const gas = await reader.estimateContractGas(call);
  const hash = await wallet.writeContract({ ...call, gas });
  const receipt = await reader.waitForTransactionReceipt({ hash, timeout: 20_000 });
  assert.equal(receipt.status, 'success');
  assert.equal(receipt.gasUsed, gas, 'a call takes the gas that was estimated');
  const since = await reader.readContract({
    abi, address, functionName: 'committedMillis', args: [account.address, commitment],
  });
  assert.ok(since > 0n);
});

const ask = async (...args) => {
  const { code, stdout, stderr } = await run(cast, [...args, '--rpc-url', devnet.ready.rpc]);
  assert.equal(code, 0, stderr);
  return stdout.trim();
};

for (const flags of [['--legacy'], []]) {
  test(`cast sends ${flags[0] ?? 'type 2'} and reads`, { skip: castMissing }, async () => {
    const to = privateKeyToAccount(generatePrivateKey()).address;
    const receipt = JSON.parse(await ask('send', '--json', '--mnemonic', devnet.ready.mnemonic,
      '--mnemonic-index', '5', '--value', '1ether', ...flags, to));
    assert.equal(receipt.status, '0x1');
    assert.equal(receipt.type, flags.length ? '0x0' : '0x2');
    assert.equal(await ask('balance', to), `${parseEther('1')}`);
    assert.equal(await ask('chain-id'), '201403');
    const block = JSON.parse(await ask('block', '--json', receipt.blockHash));
    assert.equal(block.hash, receipt.blockHash);
    assert.ok(block.transactions.includes(receipt.transactionHash));
  });
}

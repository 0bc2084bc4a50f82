// A JSON-RPC proxy that lies in a chosen way, to show that a checker notices.
import { once } from 'node:events';
import { createServer } from 'node:http';

// Starts a proxy before `target`; `corrupt(method, params, result)` returns the result to hand on.
export async function lyingProxy(target, corrupt) {
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const call = JSON.parse(Buffer.concat(chunks));
    const answer = await fetch(target, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(call),
    });
    const body = await answer.json();
    if (body.result !== undefined) body.result = corrupt(call.method, call.params, body.result);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

// The hex text with its byte at `index` (from the end where negative) changed in one bit.
export function flipped(hex, index) {
  const bytes = Buffer.from(hex.slice(2), 'hex');
  bytes[index < 0 ? bytes.length + index : index] ^= 1;
  return `0x${bytes.toString('hex')}`;
}

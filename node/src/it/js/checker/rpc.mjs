// docs/spec/json-rpc.md: the few calls that the checker makes.
export class Rpc {
  constructor(url) {
    this.url = url;
  }

  async call(method, ...params) {
    const answer = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const text = await answer.text();
    let body;
    try {
      body = JSON.parse(text);
    } catch {
      throw new Error(`${method}: HTTP ${answer.status}, no JSON: ${text.slice(0, 200)}`);
    }
    if (body.error) {
      const error = new Error(`${method}: ${body.error.message}`);
      error.code = body.error.code;
      throw error;
    }
    return body.result;
  }
}

export const quantity = (value) => '0x' + BigInt(value).toString(16);

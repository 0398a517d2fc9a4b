// A small client of the Language Server Protocol over the pipes of a child process.

const kPatience = 60_000;

export class Client {
  constructor(child) {
    this.child = child;
    this.buffer = Buffer.alloc(0);
    this.nextId = 1;
    this.pending = new Map();
    this.waiting = [];
    // Every notification of the server, in its order.
    this.notifications = [];
    this.ended = new Promise((resolve) => child.on('exit', (status) => resolve(status)));
    child.stdout.on('data', (bytes) => this.receive(bytes));
    child.stdin.on('error', () => {});
  }

  receive(bytes) {
    this.buffer = Buffer.concat([this.buffer, bytes]);
    for (;;) {
      const end = this.buffer.indexOf('\r\n\r\n');
      if (end < 0) {
        return;
      }
      const length = Number(/^Content-Length: (\d+)$/imu.exec(this.buffer.subarray(0, end).toString())[1]);
      if (this.buffer.length < end + 4 + length) {
        return;
      }
      const message = JSON.parse(this.buffer.subarray(end + 4, end + 4 + length).toString());
      this.buffer = this.buffer.subarray(end + 4 + length);
      this.dispatch(message);
    }
  }

  dispatch(message) {
    if (message.method === undefined) {
      const pending = this.pending.get(message.id);
      this.pending.delete(message.id);
      if (pending !== undefined) {
        pending(message);
      } else {
        this.notifications.push({method: 'unexpected answer', params: message});
      }
      return;
    }
    if (message.id !== undefined) {
      // A request of the server: nothing here is configured.
      const items = message.params?.items;
      this.send({jsonrpc: '2.0', id: message.id, result: Array.isArray(items) ? items.map(() => null) : null});
      return;
    }
    this.notifications.push(message);
    this.waiting = this.waiting.filter((one) => !one(message));
  }

  send(message) {
    this.sendText(JSON.stringify(message));
  }

  sendText(text) {
    this.child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  notify(method, params) {
    this.send({jsonrpc: '2.0', method, params});
  }

  // The whole answer, an error too.
  call(method, params) {
    const id = this.nextId++;
    return this.patiently(`an answer to ${method}`, (resolve) => {
      this.pending.set(id, resolve);
      this.send({jsonrpc: '2.0', id, method, params});
    });
  }

  async request(method, params) {
    const answer = await this.call(method, params);
    if (answer.error !== undefined) {
      throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    }
    return answer.result;
  }

  // The parameters of the next notification of that method for which `accepts` holds.
  wait(method, accepts = () => true) {
    return this.patiently(method, (resolve) => {
      this.waiting.push((message) => {
        if (message.method !== method || !accepts(message.params)) {
          return false;
        }
        resolve(message.params);
        return true;
      });
    });
  }

  patiently(what, start) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${what} did not come`)), kPatience);
      start((value) => {
        clearTimeout(timer);
        resolve(value);
      });
    });
  }

  // Ends the server as the protocol wants it, and gives its exit status.
  async shutdown() {
    await this.request('shutdown', null);
    this.notify('exit', null);
    return this.ended;
  }
}

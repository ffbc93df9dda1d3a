'use strict';
/** What a utility process finds: a port to whoever started it, in place of Node's own channel. */
const { EventEmitter } = require('node:events');

const port = new EventEmitter();
Object.assign(port, {
  /** @param {unknown} message */
  postMessage: (message) => process.send?.(message),
});
process.on('message', (data) => {
  port.emit('message', { data });
});
Object.defineProperty(process, 'parentPort', { value: port, enumerable: true });

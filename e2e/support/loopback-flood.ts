/**
 * Keeps at a port of this machine until it is ended: connections that stay silent, such that begin a request, guesses of the state,
 * and noise. Says `ready` once thousands have been there, and how many there were when its input ends.
 */
import { connect } from 'node:net';

const port = Number(process.argv[2]);
const guess = () =>
  `GET /callback?code=a&state=${String(Math.random())} HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\n\r\n`;

const KINDS = [
  () => '',
  () => 'GET /callback?code=a&st',
  guess,
  guess,
  () => `GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\n\r\n`,
  () => 'GET // HTTP/1.1\r\nHost: [\r\n\r\n',
];
/** So many at a time: more than the port takes. */
const AT_ONCE = 1_500;
const THOUSANDS = 6_000;

let done = 0;
let isOver = false;

function next() {
  if (isOver) return;
  const number = done++;
  const bytes = KINDS[number % KINDS.length]?.() ?? '';
  const socket = connect(port, '127.0.0.1', () => {
    if (bytes !== '') socket.write(bytes);
  });
  socket.on('error', () => undefined);
  socket.on('data', () => undefined);
  socket.on('close', next);
  if (number === THOUSANDS) console.log('ready');
}

for (let index = 0; index < AT_ONCE; index++) next();

process.stdin.resume().on('end', () => {
  isOver = true;
  process.stdout.write(`${String(done)}\n`, () => process.exit(0));
});

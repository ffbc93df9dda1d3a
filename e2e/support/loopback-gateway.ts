import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface GatewayRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly authorization: string | null;
  readonly apiKey: string | null;
}

/** What an organisation runs before the model: it takes a token and writes down what else came. */
export interface Gateway {
  readonly url: string;
  requests(): readonly GatewayRequest[];
  /** The requests to a model alone. */
  toModel(): readonly GatewayRequest[];
  forget(): void;
  /** From now on, the status that a request to a model is answered with, when that is known; behind 200 follows `ANSWER`. */
  answerWith(status: (request: GatewayRequest) => number | Promise<number>): void;
  close(): Promise<void>;
}

export const ANSWER = 'The gateway answers.';

/** On 127.0.0.1. */
export async function loopbackGateway(): Promise<Gateway> {
  let came: GatewayRequest[] = [];
  let statusOf: (request: GatewayRequest) => number | Promise<number> = () => 200;
  const answer = async (request: GatewayRequest, response: ServerResponse): Promise<void> => {
    const status = isToModel(request) ? await statusOf(request) : 404;
    if (status === 200) {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(STREAM);
      return;
    }
    const type = status === 401 ? 'authentication_error' : 'invalid_request_error';
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ type: 'error', error: { type, message: `made up: ${String(status)}` } }));
  };
  const server = createServer((request, response) => {
    const { authorization = null, 'x-api-key': apiKey = null } = request.headers;
    const one: GatewayRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      authorization,
      apiKey: typeof apiKey === 'string' ? apiKey : null,
    };
    came.push(one);
    request.resume().on('end', () => {
      void answer(one, response);
    });
  });
  // A helper may take longer between two requests than an idle connection would live.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    requests: () => came,
    toModel: () => came.filter(isToModel),
    forget: () => {
      came = [];
    },
    answerWith: (status) => {
      statusOf = status;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isToModel({ method, path }: GatewayRequest): boolean {
  return method === 'POST' && path.split('?')[0] === '/v1/messages';
}

const STREAM = [
  {
    type: 'message_start',
    message: {
      id: 'msg_made_up',
      type: 'message',
      role: 'assistant',
      model: 'claude-made-up',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ANSWER } },
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 1 },
  },
  { type: 'message_stop' },
]
  .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  .join('');

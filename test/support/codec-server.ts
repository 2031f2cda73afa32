// A codec server as teams run one beside Temporal's web interface: payloads of JSON in, payloads of JSON out.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { JSONToPayload, payloadToJSON } from '@temporalio/common/lib/proto-utils.js'
import { xorCodec } from '../../fixtures/xor-codec.ts'

export interface SeenRequest {
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly payloads: Parameters<typeof JSONToPayload>[0][]
}

export interface Reply {
  readonly status: number
  readonly body: string
}

export interface CodecServer extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly SeenRequest[]
}

/** @param reply stands in for its answer; null: it never answers */
export async function openCodecServer(
  reply: (request: SeenRequest) => Reply | null | undefined = () => undefined,
): Promise<CodecServer> {
  const requests: SeenRequest[] = []
  const server = createServer((incoming, response) => void answer(incoming, response))
  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of incoming) parts.push(part as Buffer)
    const { payloads } = JSON.parse(Buffer.concat(parts).toString()) as Pick<SeenRequest, 'payloads'>
    const request = { url: incoming.url, headers: incoming.headers, payloads }
    requests.push(request)
    const own = reply(request)
    if (own === null) return
    const { status, body } = own ?? { status: 200, body: await coded(request) }
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** What it cannot read it passes through, as codec servers do. */
async function coded({ url, payloads }: SeenRequest): Promise<string> {
  const given = payloads.map((payload) => JSONToPayload(payload))
  const isOurs = (at: number) =>
    Buffer.from(given[at]?.metadata?.['encoding'] ?? []).toString() === 'binary/xor'
  const answers = await Promise.all(
    given.map(async (payload, at) => {
      if (url?.endsWith('/encode')) return (await xorCodec.encode([payload]))[0] ?? payload
      return isOurs(at) ? ((await xorCodec.decode([payload]))[0] ?? payload) : payload
    }),
  )
  return JSON.stringify({ payloads: answers.map((payload) => payloadToJSON(payload)) })
}

// A stand-in for a frontend of another cluster: it answers the first calls of a client, or refuses them by a gRPC status.
import { once } from 'node:events'
import { createSecureServer, createServer, type Http2Session, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { msToTs } from '@temporalio/common/lib/time.js'
import { temporal } from '@temporalio/proto'

export const grpcStatus = {
  notFound: 5,
  permissionDenied: 7,
  unimplemented: 12,
  unauthenticated: 16,
} as const

export interface Refusal {
  readonly status: number
  readonly message: string
}

export interface StandInOptions {
  /** A call by its method's name, such as `DescribeNamespace`, and its `authorization`; undefined: it is answered. */
  readonly refuse?: (method: string, authorization: string | undefined) => Refusal | undefined
  /** @default `1.32.2` */
  readonly serverVersion?: string
  /** PEM; plain text without them. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer }
}

export interface StandIn extends AsyncDisposable {
  readonly address: string
  /** The methods that were called, in turn. */
  readonly calls: readonly string[]
}

const api = temporal.api.workflowservice.v1

function answerTo(method: string, serverVersion: string): Uint8Array {
  if (method === 'GetSystemInfo') return api.GetSystemInfoResponse.encode({ serverVersion }).finish()
  if (method === 'StartWorkflowExecution')
    return api.StartWorkflowExecutionResponse.encode({ runId: 'run' }).finish()
  if (method !== 'GetWorkflowExecutionHistory') return new Uint8Array()
  const eventType = temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED
  const eventTime = msToTs(Date.now())
  const attributes = { workflowType: { name: 'temporal-chaos-clock' } }
  const started = { eventId: 1, eventType, eventTime, workflowExecutionStartedEventAttributes: attributes }
  const answer = api.GetWorkflowExecutionHistoryResponse.fromObject({ history: { events: [started] } })
  return api.GetWorkflowExecutionHistoryResponse.encode(answer).finish()
}

export async function openStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { tls, refuse = () => undefined, serverVersion = '1.32.2' } = options
  const server = tls === undefined ? createServer() : createSecureServer({ ...tls })
  const calls: string[] = []
  const sessions = new Set<Http2Session>()
  server.on('session', (session: Http2Session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    const method = headers[':path']?.split('/').at(-1) ?? ''
    calls.push(method)
    stream.on('error', () => undefined).resume()
    const refusal = refuse(method, headers['authorization'])
    const content = { ':status': 200, 'content-type': 'application/grpc+proto' }
    if (refusal !== undefined) {
      const status = { 'grpc-status': refusal.status, 'grpc-message': encodeURIComponent(refusal.message) }
      stream.respond({ ...content, ...status }, { endStream: true })
      return
    }
    const message = answerTo(method, serverVersion)
    const length = Buffer.alloc(5)
    length.writeUInt32BE(message.length, 1)
    stream.respond(content, { waitForTrailers: true })
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': 0 }))
    stream.end(Buffer.concat([length, message]))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

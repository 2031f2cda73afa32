// Tries by itself what a gRPC client does first. The client's own error says no more than that it took too long.
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { TemporalEndpoint } from '../../../temporal/endpoint.ts'

const answersWithinMs = 5_000

/** What a client of HTTP/2 says first: the preface, and settings without any (RFC 9113, section 3.4). */
const preface = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
])
const typeAt = 3
const settings = 4

/** @throws Error that says why nobody listens */
export async function openPort(address: string): Promise<void> {
  const socket = tcpTo(address)
  await answerOf(socket, 'connect', () => undefined)
}

/** @throws Error that says why the server does not take the client: TLS, or what it speaks */
export async function speakHttp2(address: string, tls: TemporalEndpoint['tls']): Promise<void> {
  const socket = tls === undefined || tls === false ? tcpTo(address) : tlsTo(address, tls)
  // A server that wants a certificate refuses only after the handshake, and tells in the answer.
  socket.write(preface)
  await answerOf(socket, 'data', (data) =>
    data?.at(typeAt) === settings ? undefined : new Error('it answers something else than HTTP/2'),
  )
}

async function answerOf(
  socket: Socket,
  event: 'connect' | 'data',
  wrong: (data?: Buffer) => Error | undefined,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.setTimeout(answersWithinMs, () => reject(new Error(`no answer in ${answersWithinMs / 1_000} s`)))
  socket.once('error', (error) => reject(inShort(error)))
  socket.once('close', () => reject(new Error('the server closed the connection')))
  socket.once(event, (data?: Buffer) => {
    const error = wrong(data)
    if (error === undefined) resolve()
    else reject(error)
  })
  await promise.finally(() => socket.on('error', () => undefined).destroy())
}

/** OpenSSL's own words without the places in its code. */
function inShort(error: Error & { readonly reason?: unknown }): Error {
  return typeof error.reason === 'string' ? new Error(error.reason) : error
}

function tcpTo(address: string): Socket {
  return connectTcp(placeOf(address))
}

function tlsTo(address: string, tls: NonNullable<TemporalEndpoint['tls']>): Socket {
  const place = placeOf(address)
  const {
    serverRootCACertificate: ca,
    clientCertPair: pair,
    serverNameOverride: servername = place.host,
  } = tls === true || tls === false ? {} : tls
  return connectTls({
    ...place,
    ...(servername && !/^[\d.:]+$/.test(servername) ? { servername } : {}),
    ...(ca ? { ca: Buffer.from(ca) } : {}),
    ...(pair ? { cert: Buffer.from(pair.crt), key: Buffer.from(pair.key) } : {}),
    ALPNProtocols: ['h2'],
  })
}

function placeOf(address: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(`tcp://${address}`)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) }
}

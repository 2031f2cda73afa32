// A frontend with TLS: certificates made here, and a server that asks for them before one that speaks plain text.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { createServer } from 'node:tls'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'

export interface TlsProxy extends AsyncDisposable {
  readonly address: string
}

const serverName = 'temporal.example'

/** Of an authority of their own, for a server of this name and for one client. */
export async function makeCertificates(folder: string) {
  const at = (name: string) => path.join(folder, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe', cwd: folder })
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...ec, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=ca', '-days', '2')
  await writeFile(at('server.ext'), `subjectAltName=DNS:${serverName}\n`)
  await writeFile(at('client.ext'), 'extendedKeyUsage=clientAuth\n')
  for (const [name, subject] of [
    ['server', `/CN=${serverName}`],
    ['client', '/CN=harness'],
  ] as const) {
    openssl('req', ...ec, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject)
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`, '-out', `${name}.pem`) // prettier-ignore
  }
  const client = { serverCa: at('ca.pem'), clientCert: at('client.pem'), clientKey: at('client.key') }
  return { client, server: { cert: at('server.pem'), key: at('server.key') }, serverName }
}

/** Takes only clients with a certificate of the authority. */
export async function openTlsProxy(
  { client, server }: Awaited<ReturnType<typeof makeCertificates>>,
  target: string,
): Promise<TlsProxy> {
  const { hostname, port } = new URL(`tcp://${target}`)
  const proxy = createServer(
    {
      ca: readFileSync(client.serverCa),
      cert: readFileSync(server.cert),
      key: readFileSync(server.key),
      requestCert: true,
      rejectUnauthorized: true,
      ALPNProtocols: ['h2'],
    },
    (socket) => {
      const upstream = connect({ host: hostname, port: Number(port) })
      const end = () => {
        socket.destroy()
        upstream.destroy()
      }
      socket.on('error', end).on('close', end).pipe(upstream)
      upstream.on('error', end).on('close', end).pipe(socket)
    },
  )
  const sockets = new Set<Socket>()
  proxy.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
  })
  proxy.on('tlsClientError', (_error, socket) => socket.destroy())
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`
  return {
    address,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}

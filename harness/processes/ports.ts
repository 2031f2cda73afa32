// Free TCP ports on the loopback address.
import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import { ChaosError } from '../core/errors.ts'

/**
 * Below it are services with fixed ports, from `lastPort` on the column of Temporal's membership table
 * (SMALLINT) ends.
 */
const firstPort = 10_000
const lastPort = 32_767
const triesPerPort = 50

/**
 * Ports that were free a moment ago, each another one. Drawn at random, so that harnesses starting side by
 * side seldom meet. Another program may still take one before it is bound.
 * @param wanted ports to give out if they are free
 * @throws ChaosError `CHAOS_NO_FREE_PORT`
 */
export async function freePorts<const Name extends string>(
  names: readonly Name[],
  wanted?: Readonly<Partial<Record<Name, number>>>,
): Promise<Readonly<Record<Name, number>>> {
  // Held until all are found, so that no port is found twice.
  await using held = new AsyncDisposableStack()
  const found: [Name, number][] = []
  for (const name of names) {
    const port = wanted?.[name]
    const bound = port === undefined ? undefined : await bind(port).catch(() => undefined)
    const { server, port: at } = bound ?? (await bindAnywhere())
    held.defer(() => closed(server))
    found.push([name, at])
  }
  return Object.fromEntries(found) as Record<Name, number>
}

async function bind(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer().listen({ host: '127.0.0.1', port, exclusive: true })
  await once(server, 'listening')
  return { server, port }
}

async function bindAnywhere(): Promise<{ server: Server; port: number }> {
  let last: unknown
  for (let attempt = 0; attempt < triesPerPort; attempt += 1) {
    const port = firstPort + Math.floor(Math.random() * (lastPort - firstPort + 1))
    try {
      return await bind(port)
    } catch (thrown) {
      last = thrown
    }
  }
  throw new ChaosError(`none of ${triesPerPort} ports between ${firstPort} and ${lastPort} is free`, {
    code: 'CHAOS_NO_FREE_PORT',
    cause: last,
  })
}

async function closed(server: Server): Promise<void> {
  server.close()
  await once(server, 'close')
}

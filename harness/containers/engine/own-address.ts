// Whether an address is one of this machine.
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Asked by listening on it: `os.networkInterfaces` leaves out interfaces that are down, as a bridge without containers is. */
export async function isOwnAddress(host: string): Promise<boolean> {
  const server = createServer()
  try {
    server.listen({ host, port: 0 })
    await once(server, 'listening')
    return true
  } catch {
    // Not available here, or no address at all.
    return false
  } finally {
    server.close()
  }
}

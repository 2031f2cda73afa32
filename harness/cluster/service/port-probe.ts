// Whether anybody listens on a port.
import { connect } from 'node:net'

/** True if the connection is refused. The kernel still accepts connections for a paused process. */
export async function isRefused(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') resolve(true)
      // Reset: its owner died while we connected.
      else if (error.code === 'ECONNRESET') resolve(false)
      else reject(error)
    })
  })
}

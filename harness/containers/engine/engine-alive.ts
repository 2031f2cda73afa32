// Whether an engine is still there: one that is stopped or restarted closes its door first, and ends its containers then,
// so that a container that ended by itself looks the same as one that went with its engine.
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import Dockerode from 'dockerode'

/** Behind a socket that a service manager holds open, a question to an engine that stops is not refused but left waiting. */
const answerMs = 2_000

/** Asks on a connection of its own: those that are open are served to the end. Never rejects. */
export async function takesConnections(reach: Dockerode.DockerOptions): Promise<boolean> {
  const agent = new (reach.protocol === 'https' ? HttpsAgent : HttpAgent)({ keepAlive: false })
  // An option of docker-modem's that dockerode's types leave out.
  const options: Dockerode.DockerOptions & { readonly agent: HttpAgent } = {
    ...reach,
    agent,
    timeout: answerMs,
  }
  return new Dockerode(options).ping().then(
    () => true,
    () => false,
  )
}

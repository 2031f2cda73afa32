// Removes or kills a container in whatever state it is.
import type Dockerode from 'dockerode'
import { engineStatus } from '../engine/failures.ts'

/** Also removes its anonymous volumes. Does nothing if it is gone already. @throws the engine's error */
export async function removeContainer(container: Dockerode.Container): Promise<void> {
  try {
    await container.remove({ force: true, v: true })
  } catch (thrown) {
    if (engineStatus(thrown) !== 404) throw thrown
  }
}

/** Does nothing if it has ended already. @throws the engine's error */
export async function killContainer(container: Dockerode.Container): Promise<void> {
  try {
    await container.kill({ signal: 'SIGKILL' })
  } catch (thrown) {
    if (engineStatus(thrown) !== 409) throw thrown
  }
}

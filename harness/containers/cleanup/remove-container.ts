// Ends a container for good, whatever it is doing.
import type Dockerode from 'dockerode'
import { engineStatus } from '../engine/failures.ts'

/** With the volumes that nobody else has. One that is gone already is fine. @throws what the engine throws otherwise */
export async function removeContainer(container: Dockerode.Container): Promise<void> {
  try {
    await container.remove({ force: true, v: true })
  } catch (thrown) {
    if (engineStatus(thrown) !== 404) throw thrown
  }
}

/** One that has ended already is fine. @throws what the engine throws otherwise */
export async function killContainer(container: Dockerode.Container): Promise<void> {
  try {
    await container.kill({ signal: 'SIGKILL' })
  } catch (thrown) {
    if (engineStatus(thrown) !== 409) throw thrown
  }
}

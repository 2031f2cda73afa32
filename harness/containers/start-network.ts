// The network of a cluster of containers.
import { randomBytes } from 'node:crypto'
import type { Engine } from './engine/client.ts'
import { networkName } from './cleanup/labels.ts'
import { sessionLabels } from './cleanup/owner.ts'

/** Removed by its disposal, once no container is in it any more. */
export interface ClusterNetwork extends AsyncDisposable {
  readonly id: string
  readonly name: string
}

/** @throws what the engine says */
export async function startNetwork({ docker }: Engine, sessionId: string): Promise<ClusterNetwork> {
  const name = networkName(sessionId, randomBytes(3).toString('hex'))
  const network = await docker.createNetwork({ Name: name, Labels: sessionLabels(sessionId) })
  return {
    id: network.id,
    name,
    async [Symbol.asyncDispose]() {
      await network.remove()
    },
  }
}

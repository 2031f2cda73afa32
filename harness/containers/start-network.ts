// The network of a cluster, with its session's marks: testcontainers puts only its own on those that it makes.
import { randomBytes } from 'node:crypto'
import {
  getContainerRuntimeClient,
  getReaper,
  LABEL_TESTCONTAINERS_SESSION_ID,
  StartedNetwork,
} from 'testcontainers'
import type { Engine } from './engine/engine.ts'
import { networkName } from './cleanup/labels.ts'
import { sessionLabels } from './cleanup/owner.ts'

/** @throws what the engine says */
export async function startNetwork({ docker }: Engine, sessionId: string): Promise<StartedNetwork> {
  const client = await getContainerRuntimeClient()
  const reaper = await getReaper(client)
  const name = networkName(sessionId, randomBytes(3).toString('hex'))
  const network = await docker.createNetwork({
    Name: name,
    Labels: { ...sessionLabels(sessionId), [LABEL_TESTCONTAINERS_SESSION_ID]: reaper.sessionId },
  })
  return new StartedNetwork(client, name, network)
}

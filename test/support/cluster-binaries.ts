// The Temporal binaries for tests that start clusters: those from the environment, else the provisioned ones.
import { readConfig } from '../../harness/config/config.ts'
import { provision, type Provisioned } from '../../harness/cluster/provision/provision.ts'
import type { Session } from '../../harness/processes/session.ts'

export function clusterBinaries(session: Session): Promise<Provisioned> {
  return provision({
    config: readConfig({}, process.env),
    session,
    env: process.env,
    signal: new AbortController().signal,
    onProgress: (text) => process.stderr.write(`${text}\n`),
  })
}

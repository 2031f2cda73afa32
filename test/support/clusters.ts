// Clusters for tests: one session with its binaries, and a check of what is left after them.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { chmod, readdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { expect } from 'vitest'
import {
  startProcessCluster,
  type ProcessCluster,
  type ProcessClusterOptions,
} from '../../harness/cluster/backends/process/process-cluster.ts'
import { markedPids } from '../../harness/processes/process-table.ts'
import type { Provisioned } from '../../harness/cluster/provision/provision.ts'
import type { Session } from '../../harness/processes/session.ts'
import { clusterBinaries } from './cluster-binaries.ts'
import { openSession } from '../../harness/sessions/open-session.ts'

export interface TestClusters extends AsyncDisposable {
  readonly session: Session
  readonly binaries: Provisioned
  /** The next starts of the file reuse what one start keeps, unless they use their own cache. */
  start(options?: Partial<ProcessClusterOptions>): Promise<ProcessCluster>
  freshCache(): string
  /** Processes and folders of clusters; `nothing` once they are closed. */
  left(): Promise<typeof nothing>
  /** A program to replace a binary. */
  script(name: string, text: string): Promise<string>
}

export const nothing: { readonly processes: number[]; readonly clusters: string[] } = {
  processes: [],
  clusters: [],
}

export async function openTestClusters(): Promise<TestClusters> {
  const session = await openSession()
  const binaries = await clusterBinaries(session)
  const cacheFolder = path.join(session.folder, 'cache', 'shared')
  const signal = new AbortController().signal
  return {
    session,
    binaries,
    start: (options = {}) => startProcessCluster({ session, binaries, signal, cacheFolder, ...options }),
    freshCache: () => path.join(session.folder, 'cache', randomUUID()),
    async left() {
      const clusters = (await readdir(session.folder)).filter((name) => name.startsWith('cluster-'))
      return { processes: [...markedPids(session)], clusters }
    },
    async script(name, text) {
      const file = path.join(session.folder, name)
      await writeFile(file, `#!/bin/sh\n${text}\n`)
      await chmod(file, 0o755)
      return file
    },
    async [Symbol.asyncDispose]() {
      await session[Symbol.asyncDispose]()
      expect(markedPids(session)).toEqual(new Set())
      await expect(stat(session.folder)).rejects.toMatchObject({ code: 'ENOENT' })
    },
  }
}

/** A workflow that no worker runs stays open. If the server still knows it, nothing accepted was lost. */
export async function startWorkflow(cluster: ProcessCluster): Promise<void> {
  const options = { workflowId: 'kept', taskQueue: 'nobody' }
  await withClient(cluster, (client) => client.workflow.start('nobody', options))
}

export async function statusOfWorkflow(cluster: ProcessCluster): Promise<string> {
  const { status } = await withClient(cluster, (client) => client.workflow.getHandle('kept').describe())
  return status.name
}

/** The Temporal server's configuration file. */
export function configOf(cluster: ProcessCluster): string {
  return readFileSync(path.join(path.dirname(cluster.logFiles.postgres), 'temporal-server.yaml'), 'utf8')
}

async function withClient<T>(cluster: ProcessCluster, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: cluster.endpoint.address })
  try {
    return await use(new Client({ connection, namespace: cluster.endpoint.namespace }))
  } finally {
    await connection.close()
  }
}

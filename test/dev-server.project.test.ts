// The Temporal CLI's development server as the cluster of a project: the real one where it is installed, and a stand-in
// that takes the same flags everywhere.
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import which from 'which'
import { freePorts } from '../harness/processes/ports.ts'
import { latestTiming } from './support/chaos.ts'
import { runningCluster } from './support/running-cluster.ts'
import { chaosIn, writeProject } from './support/project-folder.ts'

const standIn = fileURLToPath(new URL('fixtures/temporal-cli.ts', import.meta.url))
const installed = await which('temporal', { nothrow: true })

const running = runningCluster()

/** The folder of a program named `temporal` that does this. */
async function programs(name: string, text: string): Promise<string> {
  const folder = path.join(running.place.tmp, name)
  await mkdir(folder)
  await writeFile(path.join(folder, 'temporal'), `#!/bin/sh\n${text}\n`)
  await chmod(path.join(folder, 'temporal'), 0o755)
  // The command itself is started by a Node that PATH need not name; scripts need a shell.
  await symlink('/bin/sh', path.join(folder, 'sh'))
  return folder
}

const restarts = [
  'order/kill-worker@timer-1',
  'order/restart-server@timer-1',
  'order/restart-database@timer-1',
]

async function verdictsIn(folder: string) {
  const { campaign, scenarios, gate } = await latestTiming(path.join(folder, 'reports'))
  return {
    backend: campaign.backend,
    runs: scenarios.map(({ name, runs }) => [name, ...runs.map(({ verdict }) => verdict)]),
    skipped: gate.skipped.map(({ scenario, reason }) => [scenario, reason]),
  }
}

describe.each([
  ['a stand-in', null, /^(?:stand-in: with a file\n){2}$/],
  ['the installed CLI', installed, /(?:Temporal Server:.*){2}/s],
] as const)('%s', (name, cli, startedTwice) => {
  test.skipIf(name !== 'a stand-in' && cli === null)(
    'with a file the server is struck; its database never is; nothing is left',
    async () => {
      const { port } = await freePorts(['port'])
      const env = { WORKER_ADDRESS: `127.0.0.1:${port}` }
      const PATH =
        cli === null
          ? `${await programs('bin', `exec '${process.execPath}' '${standIn}' "$@"`)}:/bin:/usr/bin`
          : (process.env['PATH'] ?? '')
      const kept = { cluster: { devServer: { keep: true }, port }, env }
      const folder = await writeProject(running.place, `kept-${cli === null ? 'stand-in' : 'cli'}`, kept)
      const target = { STAND_IN_TARGET: running.cluster.endpoint.address, PATH }
      const ran = await chaosIn(running.place, folder, ['run', ...restarts], target)
      expect([ran.exitCode, ran.all]).toEqual([0, expect.stringContaining('2 passed')])
      expect(await verdictsIn(folder)).toEqual({
        backend: 'dev-server',
        runs: [
          ['order/kill-worker@timer-1', 'pass'],
          ['order/restart-server@timer-1', 'pass'],
        ],
        skipped: [['order/restart-database@timer-1', expect.stringContaining('is its own database')]],
      })
      const log = path.join(folder, 'reports', 'latest', 'logs', 'temporal-server.log')
      expect(await readFile(log, 'utf8')).toMatch(startedTwice)
      await writeProject(running.place, path.basename(folder), { cluster: { devServer: true, port }, env })
      const without = await chaosIn(running.place, folder, ['run', ...restarts], target)
      expect(without.all).toContain('keeps nothing over a kill')
      expect((await verdictsIn(folder)).runs).toEqual([['order/kill-worker@timer-1', 'pass']])
      expect([running.place.processes(), running.place.folders()]).toEqual([[], []])
    },
    400_000,
  )
})

test('no CLI, another program of that name, and a server that ends at once', async () => {
  const folder = await writeProject(running.place, 'broken', { cluster: { devServer: true } })
  const none = await programs('none', '')
  const missing = { cluster: { devServer: { program: './not-there' } } }
  await writeProject(running.place, 'missing', missing)
  const notThere = await chaosIn(running.place, path.join(running.place.tmp, 'missing'), ['check'])
  expect([notThere.exitCode, notThere.all]).toEqual([2, expect.stringContaining('[CHAOS_CLI_MISSING]')])
  const other = await chaosIn(running.place, folder, ['check'], { PATH: none })
  expect([other.exitCode, other.all]).toEqual([
    2,
    expect.stringContaining('does not know "server start-dev"'),
  ])
  const ending = await programs(
    'ending',
    'case "$*" in *--help*) echo --db-filename;; *) echo the disk is on fire; exit 7;; esac',
  )
  const ended = await chaosIn(running.place, folder, ['check'], { PATH: ending })
  expect([ended.exitCode, ended.all]).toEqual([3, expect.stringContaining('[CHAOS_SERVICE_NOT_READY]')])
  expect(ended.all).toMatch(/temporal-server does not start: .*exited with 7.*\n.*the disk is on fire/)
  expect([running.place.processes(), running.place.folders()]).toEqual([[], []])
}, 200_000)

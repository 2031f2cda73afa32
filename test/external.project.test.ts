// A cluster that runs already, as a project declares it: by its address, with TLS, in namespaces and under keys that are
// not there. The harness strikes only the worker that it started.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { NativeConnection, Worker } from '@temporalio/worker'
import { expect, test } from 'vitest'
import { latestTiming } from './support/chaos.ts'
import { runningCluster } from './support/running-cluster.ts'
import { chaosIn as inProject, textOf, writeProject, type ProjectDeclared } from './support/project-folder.ts'
import { grpcStatus, openStandIn } from './support/stand-in-frontend.ts'
import { makeCertificates, openTlsProxy } from './support/tls-proxy.ts'

const running = runningCluster()

const project = (name: string, declared: ProjectDeclared) => writeProject(running.place, name, declared)
const chaosIn = (folder: string, args: readonly string[], env?: Readonly<Record<string, string>>) =>
  inProject(running.place, folder, args, env)

async function workflowsOf(query: string) {
  const connection = await Connection.connect({ address: running.cluster.endpoint.address })
  try {
    const client = new Client({ connection })
    const ids: string[] = []
    for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId)
    return ids
  } finally {
    await connection.close()
  }
}

test('a worker is struck on a cluster that is not ours; faults of services are skipped; what others run stays', async () => {
  const connection = await Connection.connect({ address: running.cluster.endpoint.address })
  const theirs = { workflowId: 'theirs', taskQueue: 'elsewhere' }
  await new Client({ connection }).workflow.start('Theirs', theirs)
  await connection.close()
  const folder = await project('by-address', { cluster: { address: running.cluster.endpoint.address } })
  const named = [
    'order/kill-worker@timer-1',
    'order/freeze-worker@activity-1',
    'order/restart-server@timer-1',
  ]
  const { exitCode, all } = await chaosIn(folder, ['run', ...named])
  expect(all).toMatch(/its clock is \d+\.\d ms (?:ahead of|behind) ours \(± \d+\.\d ms\)/)
  expect(all).toContain('the services of an external cluster are not in the hands of the harness')
  const { scenarios, campaign } = await latestTiming(path.join(folder, 'reports'))
  expect(campaign.backend).toBe('external')
  expect(scenarios.map(({ name, runs }) => [name, runs.map(({ verdict }) => verdict)])).toEqual([
    ['order/kill-worker@timer-1', ['pass']],
    ['order/freeze-worker@activity-1', ['pass']],
  ])
  expect(exitCode).toBe(0)
  expect(campaign).not.toHaveProperty('consent')
  expect(await workflowsOf("ExecutionStatus = 'Running'")).toEqual(['theirs'])
  // The same once more, right away: the workers of the first command are listed yet, and its workflows are there.
  // A budget that no recovery keeps: the commands that repeat the run say the flags of this one.
  const flags = ['--namespace', 'default', '--yes-strike-workers-of', 'default']
  const again = await chaosIn(folder, ['run', 'order/kill-worker@timer-1', '--budget', '1', ...flags])
  // A busy machine makes the late recovery inconclusive, which is no pass either.
  expect([again.exitCode, again.all]).not.toEqual([0, expect.anything()])
  const [, replay, rerun] = /again +(.*replay.*)\n +(.*run .*)/.exec(again.all) ?? []
  for (const command of [replay, rerun]) expect(command).toContain(flags.join(' '))
}, 400_000)

test('workers that the harness did not start are named, and keep their work', async () => {
  const connection = await NativeConnection.connect({ address: running.cluster.endpoint.address })
  const worker = await Worker.create({
    connection,
    taskQueue: 'taken',
    identity: 'somebody-else',
    activities: { charge: async () => 'theirs' },
  })
  const working = worker.run()
  const folder = await project('taken', {
    cluster: { address: running.cluster.endpoint.address },
    queue: 'taken',
  })
  const { exitCode, all } = await chaosIn(folder, ['run'])
  worker.shutdown()
  await working
  await connection.close()
  expect(all).toContain('[CHAOS_QUEUES_TAKEN]')
  expect(all).toMatch(/somebody-else polls taken, last seen \S+ .*ago/)
  expect(exitCode).toBe(2)
})

test('TLS with a certificate of our own; without one the error says so', async () => {
  const folder = await project('with-tls', { cluster: {} })
  const made = await makeCertificates(folder)
  await using proxy = await openTlsProxy(made, running.cluster.endpoint.address)
  const { serverName, client } = made
  const connected = { address: proxy.address, tls: { ...client, serverName } }
  await project('with-tls', { cluster: connected })
  const good = await chaosIn(folder, ['run', 'order/kill-worker@activity-1'])
  expect([good.exitCode, good.all]).toEqual([0, expect.stringContaining('1 passed')])
  // Neither the worker's log nor a report holds what is in the key.
  const key = (await readFile(client.clientKey, 'utf8')).split('\n')[1] ?? 'none'
  expect(await textOf(path.join(folder, 'reports'))).not.toContain(key)

  const { serverCa } = client
  const wrong = [
    [{ serverCa, serverName }, 'CHAOS_CLUSTER_TLS'],
    [
      { serverCa: client.clientCert, clientCert: client.clientCert, clientKey: client.clientKey, serverName },
      'CHAOS_CLUSTER_TLS',
    ],
    [undefined, 'CHAOS_CLUSTER_TLS'],
  ] as const
  for (const [tls, code] of wrong) {
    await project('with-tls', { cluster: { address: proxy.address, ...(tls && { tls }) } })
    const bad = await chaosIn(folder, ['run'])
    expect([bad.exitCode, bad.all]).toEqual([2, expect.stringContaining(`[${code}]`)])
  }
}, 400_000)

test('a namespace that is not there, an address where nobody listens', async () => {
  const folder = await project('elsewhere', {
    cluster: { address: running.cluster.endpoint.address, namespace: 'missing' },
  })
  const missing = await chaosIn(folder, ['run'])
  expect([missing.exitCode, missing.all]).toEqual([2, expect.stringContaining('[CHAOS_NAMESPACE_MISSING]')])
  await project('elsewhere', { cluster: { address: '127.0.0.1:9' } })
  const nobody = await chaosIn(folder, ['run'])
  expect([nobody.exitCode, nobody.all]).toEqual([3, expect.stringContaining('[CHAOS_CLUSTER_UNREACHABLE]')])
})

test('an API key without rights: the error names its variable, and nothing shows the key', async () => {
  const folder = await project('without-rights', { cluster: {} })
  const { client, server, serverName } = await makeCertificates(folder)
  await using standIn = await openStandIn({
    tls: { cert: await readFile(server.cert), key: await readFile(server.key) },
    refuse: (method) =>
      method === 'DescribeNamespace'
        ? { status: grpcStatus.permissionDenied, message: 'Request unauthorized.' }
        : undefined,
  })
  const tls = { serverCa: client.serverCa, serverName }
  const declared = { address: standIn.address, namespace: 'orders', tls, apiKeyVariable: 'ORDERS_KEY' }
  await project('without-rights', { cluster: declared })
  const refused = await chaosIn(folder, ['run'], { ORDERS_KEY: 'a-secret-key' })
  expect([refused.exitCode, refused.all]).toEqual([2, expect.stringContaining('[CHAOS_CLUSTER_REFUSED]')])
  expect(refused.all).toContain('the API key of the variable ORDERS_KEY')
  expect(refused.all + (await textOf(path.join(folder, 'reports')))).not.toContain('a-secret-key')
  const unset = await chaosIn(folder, ['run'])
  expect([unset.exitCode, unset.all]).toEqual([2, expect.stringContaining('[CHAOS_CONFIG_INVALID]')])
})

test('a profile of temporal.toml names the cluster', async () => {
  const folder = await project('by-profile', { cluster: { profile: 'staging' } })
  const file = path.join(folder, 'temporal.toml')
  await writeFile(
    file,
    `[profile.staging]\naddress = "${running.cluster.endpoint.address}"\nnamespace = "missing"\n`,
  )
  const { exitCode, all } = await chaosIn(folder, ['run'], { TEMPORAL_CONFIG_FILE: file })
  expect(all).toContain(`the cluster at ${running.cluster.endpoint.address} has no namespace "missing"`)
  expect(exitCode).toBe(2)
})

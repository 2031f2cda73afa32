// A worker that encrypts its payloads: the harness writes and reads them by a codec server or a module, or says why not.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { readRecord } from '../harness/record/reader.ts'
import { observationsOf } from '../harness/record/record.ts'
import { latestTiming } from './support/chaos.ts'
import { runningCluster } from './support/running-cluster.ts'
import { openCodecServer } from './support/codec-server.ts'
import { chaosIn, textOf, writeProject } from './support/project-folder.ts'

const xorCodec = fileURLToPath(new URL('../fixtures/xor-codec.ts', import.meta.url))
const scenario = 'order/kill-worker@activity-1'

const running = runningCluster()

async function project(name: string, codec: object): Promise<string> {
  const { address } = running.cluster.endpoint
  return writeProject(running.place, name, { cluster: { address }, codec, env: { WORKER_ENCRYPTS: '1' } })
}

/** What the history of the only run says, decoded and as it was stored. */
async function historyIn(folder: string) {
  const reports = path.join(folder, 'reports')
  const [run] = (await latestTiming(reports)).scenarios.flatMap(({ runs }) => runs)
  const record = await readRecord(path.join(reports, 'latest', run?.folder ?? ''))
  const [history] = observationsOf(record, 'history')
  return { verdict: run?.verdict, closing: history?.closing, stored: JSON.stringify(history?.events) }
}

test('through a codec server and through a module: arguments encrypted, results compared', async () => {
  await using server = await openCodecServer()
  const byServer = await project('server', { endpoint: server.url, authVariable: 'ORDERS_CODEC_AUTH' })
  const env = { ORDERS_CODEC_AUTH: 'Bearer a-secret-key' }
  const ran = await chaosIn(running.place, byServer, ['run', scenario], env)
  expect([ran.exitCode, ran.all]).toEqual([0, expect.stringContaining('1 passed')])
  expect(server.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer a-secret-key',
    'x-namespace': 'default',
  })
  expect(ran.all + (await textOf(path.join(byServer, 'reports')))).not.toContain('a-secret-key')

  const byModule = await project('module', { module: 'codec.ts' })
  await writeFile(path.join(byModule, 'codec.ts'), `export { xorCodec as default } from '${xorCodec}'\n`)
  const again = await chaosIn(running.place, byModule, ['run', scenario])
  expect([again.exitCode, again.all]).toEqual([0, expect.stringContaining('1 passed')])
  for (const folder of [byServer, byModule]) {
    const { verdict, closing, stored } = await historyIn(folder)
    expect(verdict).toBe('pass')
    expect(closing).toMatchObject({
      kind: 'result',
      value: expect.stringMatching(/Order-1 charged, shipped$/),
    })
    expect(stored).toContain(Buffer.from('binary/xor').toString('base64'))
  }
}, 300_000)

test('a codec server that is not there, and one that fails in the middle: exit 3, and its address', async () => {
  const folder = await project('broken', { endpoint: 'http://127.0.0.1:9' })
  const nobody = await chaosIn(running.place, folder, ['run', scenario])
  expect([nobody.exitCode, nobody.all]).toEqual([3, expect.stringContaining('[CHAOS_CODEC_UNREACHABLE]')])
  expect(nobody.all).toContain('http://127.0.0.1:9/encode')

  // It tries the codec, starts a workflow, and is then told that the key is gone.
  let left = 3
  await using server = await openCodecServer(() => (left-- > 0 ? undefined : { status: 500, body: 'no key' }))
  await project('broken', { endpoint: server.url })
  const failing = await chaosIn(running.place, folder, ['run', scenario])
  expect([failing.exitCode, failing.all]).toEqual([3, expect.stringContaining('[CHAOS_CODEC_FAILED]')])
  expect(failing.all).toMatch(/the codec http:\S+ failed: it answers with the status 500: no key/)
}, 300_000)

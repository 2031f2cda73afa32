// The start of a cluster of local processes: the files kept for the next start, the users, and failures.
import { execFileSync } from 'node:child_process'
import { chmod, readdir, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { closedFolder } from '../harness/cluster/backends/process/postgres-user.ts'
import { openPlace } from './support/place.ts'
import { configOf, nothing, openTestClusters, startWorkflow, type TestClusters } from './support/clusters.ts'
import { openSession } from '../harness/sessions/open-session.ts'

const onTakenPort = fileURLToPath(new URL('fixtures/on-a-taken-port.ts', import.meta.url))

let clusters: TestClusters

beforeAll(async () => {
  clusters = await openTestClusters()
})

afterAll(() => clusters[Symbol.asyncDispose]())

describe('the databases that a start makes', () => {
  async function startTelling(cacheFolder: string) {
    const told: string[] = []
    const cluster = await clusters.start({ cacheFolder, onProgress: (text) => told.push(text) })
    await startWorkflow(cluster)
    const password = /password: (\S+)/.exec(configOf(cluster))?.[1]
    await cluster[Symbol.asyncDispose]()
    return { told, password }
  }

  test('are kept empty for the next start, which draws its own password', async () => {
    const cacheFolder = clusters.freshCache()
    const first = await startTelling(cacheFolder)
    const next = await startTelling(cacheFolder)
    expect(first.told).toContain('making the databases')
    expect(next.told).toEqual(['starting PostgreSQL', 'starting the Temporal server'])
    expect(next.password).not.toBe(first.password)
    const [archive, ...others] = await readdir(path.join(cacheFolder, 'clusters'))
    expect(others).toEqual([])
    expect((await stat(path.join(cacheFolder, 'clusters', archive ?? ''))).mode & 0o777).toBe(0o600)
  })

  test.for([0, 60_000_000])('are made again if only %d bytes of them were kept', async (size) => {
    const cacheFolder = clusters.freshCache()
    await startTelling(cacheFolder)
    const [archive = ''] = await readdir(path.join(cacheFolder, 'clusters'))
    const file = path.join(cacheFolder, 'clusters', archive)
    await truncate(file, size)
    const { told } = await startTelling(cacheFolder)
    expect(told).toContainEqual(expect.stringContaining('the kept databases cannot be used'))
    expect((await stat(file)).size).toBeGreaterThan(60_000_000)
    expect(await clusters.left()).toEqual(nothing)
  })

  test('need not be kept', async () => {
    const cacheFolder = path.join(clusters.session.folder, 'not-a-folder')
    await writeFile(cacheFolder, '')
    const { told } = await startTelling(cacheFolder)
    expect(told).toContainEqual(expect.stringContaining('cannot keep the databases for the next start'))
  })
})

describe('a start that fails leaves nothing, and says why', () => {
  test.for(['starting PostgreSQL', 'making the databases', 'starting the Temporal server'])(
    'when it is aborted while %s',
    async (step) => {
      const controller = new AbortController()
      const reason = new Error('interrupted')
      const cluster = clusters.start({
        signal: controller.signal,
        cacheFolder: clusters.freshCache(),
        onProgress: (text) => void (text === step && setTimeout(() => controller.abort(reason), 100)),
      })
      await expect(cluster).rejects.toBe(reason)
      expect(await clusters.left()).toEqual(nothing)
    },
  )

  test('when it was aborted before', async () => {
    await expect(clusters.start({ signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow(
      'too late',
    )
    expect(await clusters.left()).toEqual(nothing)
  })

  test('when the server exits', async () => {
    const temporalServer = await clusters.script('broken-server', 'echo out of cheese; exit 3')
    await expect(
      clusters.start({ binaries: { ...clusters.binaries, temporalServer } }),
    ).rejects.toMatchObject({
      code: 'CHAOS_SERVICE_NOT_READY',
      message: expect.stringMatching(/temporal-server does not start: .*exited with 3[^]*out of cheese/),
    })
    expect(await clusters.left()).toEqual(nothing)
  })

  test('when the schema tool fails because the disk is full', async () => {
    const temporalSqlTool = await clusters.script(
      'full-sql-tool',
      'echo "ERROR: No space left on device"; exit 1',
    )
    await expect(
      clusters.start({ binaries: { ...clusters.binaries, temporalSqlTool } }),
    ).rejects.toMatchObject({
      code: 'CHAOS_DISK_FULL',
      message: expect.stringContaining('cannot make the database temporal'),
      hint: expect.stringContaining('TMPDIR'),
    })
    expect(await clusters.left()).toEqual(nothing)
  })

  test('when a binary is not executable', async () => {
    const temporalSqlTool = path.join(clusters.session.folder, 'missing')
    await expect(
      clusters.start({ binaries: { ...clusters.binaries, temporalSqlTool } }),
    ).rejects.toMatchObject({
      code: 'CHAOS_BINARY_UNUSABLE',
    })
    expect(await clusters.left()).toEqual(nothing)
  })
})

test('a port that another program has taken is reported, and other ports are used', async () => {
  const once = path.join(clusters.session.folder, 'taken-once')
  const { temporalServer: real } = clusters.binaries
  const temporalServer = await clusters.script(
    'unlucky-server',
    `[ -e "${once}" ] || { touch "${once}"; exec "${process.execPath}" "${onTakenPort}" "${real}" "$@"; }\nexec "${real}" "$@"`,
  )
  const told: string[] = []
  const cluster = await clusters.start({
    binaries: { ...clusters.binaries, temporalServer },
    onProgress: (text) => told.push(text),
  })
  expect(told).toContainEqual(
    expect.stringMatching(
      /^another program took a port .*listen tcp 127\.0\.0\.1:\d+: bind: address already/,
    ),
  )
  await cluster[Symbol.asyncDispose]()
  expect(await clusters.left()).toEqual(nothing)
})

describe('users', () => {
  const isRoot = process.getuid?.() === 0

  test.runIf(isRoot)('a temporary folder that the user of PostgreSQL may not enter is named', async () => {
    await using place = await openPlace()
    await chmod(place.tmp, 0o700)
    vi.stubEnv('TMPDIR', place.tmp)
    await using closed = await openSession()
    vi.unstubAllEnvs()
    await expect(clusters.start({ session: closed })).rejects.toMatchObject({
      code: 'CHAOS_TEMP_UNUSABLE',
      message: expect.stringContaining(`may not enter ${place.tmp}`),
    })
  })

  test.runIf(isRoot)('an ordinary user starts a cluster too', async ({ skip }) => {
    const program = fileURLToPath(new URL('fixtures/start-cluster.ts', import.meta.url))
    const files = [
      program,
      process.execPath,
      clusters.binaries.temporalServer,
      clusters.binaries.temporalSqlTool,
    ]
    const closed = await Promise.all(files.map((file) => closedFolder(path.dirname(file))))
    skip(
      closed.some((folder) => folder !== undefined),
      'the checkout lies where other users may not enter',
    )
    await using place = await openPlace()
    await chmod(place.tmp, 0o777)
    const args = [program, clusters.binaries.temporalServer, clusters.binaries.temporalSqlTool]
    const { stdout } = await execa(process.execPath, args, {
      uid: 65_534,
      gid: 65_534,
      cwd: '/',
      extendEnv: false,
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: place.tmp },
    })
    expect(stdout).toMatch(/^18\./)
    expect(place.processes()).toEqual([])
    expect(place.folders()).toEqual([])
  })

  test.runIf(isRoot)('as root, PostgreSQL runs as nobody', async () => {
    const cluster = await clusters.start()
    const nobody = Number(execFileSync('id', ['-u', 'nobody']))
    expect((await stat(`/proc/${cluster.postgres.pid}`)).uid).toBe(nobody)
    expect((await stat(`/proc/${cluster.server.pid}`)).uid).toBe(0)
    await cluster[Symbol.asyncDispose]()
  })
})

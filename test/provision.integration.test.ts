import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type LookupFunction } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ChaosError, UsageError } from '../harness/core/errors.ts'
import { downloadText } from '../harness/cluster/provision/download.ts'
import { archiveName, temporalVersion } from '../harness/config/temporal-release.ts'
import type { SourceInspection, InspectOptions } from '../harness/cluster/provision/inspect.ts'
import { goScript } from './provision/fake-go.ts'
import {
  archiveOf,
  checksumLine,
  notFound,
  send,
  serve,
  serveRelease,
  versionScript,
  type Release,
} from './provision/release-server.ts'
import { platform, Scene, unresolvable } from './provision/scene.ts'

const name = archiveName(platform())
const good = {
  'temporal-server': versionScript('temporal', temporalVersion),
  'temporal-sql-tool': versionScript('temporal-sql-tool', temporalVersion),
}

async function releaseOf(files: Record<string, string>): Promise<Release> {
  const archive = await archiveOf(files)
  return { archive: send(archive), checksums: send(checksumLine(archive, name)) }
}

let scene: Scene
beforeEach(async () => {
  scene = await Scene.open()
})
afterEach(() => scene[Symbol.asyncDispose]())

describe('a path given by the user', () => {
  test('is used, and only the other binary is provided', async () => {
    await using server = await serveRelease(await releaseOf(good))
    const temporalServer = await scene.program('my server', good['temporal-server'])
    expect(await scene.provision({ temporalServer, temporalMirror: server.mirror })).toEqual({
      temporalServer,
      temporalSqlTool: join(scene.entry.folder, 'temporal-sql-tool'),
    })
  })

  test('for both needs neither cache nor network', async () => {
    const temporalServer = await scene.program('server', good['temporal-server'])
    const temporalSqlTool = await scene.program('sql', good['temporal-sql-tool'])
    expect(await scene.provision({ temporalServer, temporalSqlTool })).toEqual({
      temporalServer,
      temporalSqlTool,
    })
    expect(scene.progress).toEqual([])
  })

  test.each<[string, RegExp, () => Promise<string>]>([
    ['is missing', /does not exist$/, async () => join(scene.folder, 'nothing')],
    ['is a folder', /is not a file$/, async () => scene.folder],
    [
      'is not executable',
      /is not executable$/,
      async () => {
        await writeFile(join(scene.folder, 'text'), 'text')
        return join(scene.folder, 'text')
      },
    ],
    [
      'is of another version',
      /is version 1\.31\.0, not 1\.32\.2$/,
      () => scene.program('old', versionScript('temporal', '1.31.0')),
    ],
    [
      'is another program',
      /is no temporal-server: .*temporal-sql-tool version/,
      () => scene.program('other', good['temporal-sql-tool']),
    ],
    ['fails', /exit code 3$/, () => scene.program('failing', '#!/bin/sh\nexit 3\n')],
    ['is no program', /does not run here \(E\w+\)$/, () => scene.program('garbage', '#!/nothing/here\n')],
  ])('that %s is refused as wrong usage', async (_what, message, path) => {
    // prettier-ignore
    const error = await scene.refused({ temporalServer: await path() })
    expect(error).toBeInstanceOf(UsageError)
    expect(error.message).toMatch(/^--temporal-server \(CHAOS_TEMPORAL_SERVER\): /)
    expect(error.message).toMatch(message)
    expect(error.hint).toContain(temporalVersion)
  })
})

describe('the official release', () => {
  test('is checked, unpacked and cached; the next start sends no request', async () => {
    const archive = { ...good, tdbg: 'not wanted' }
    await using server = await serveRelease(await releaseOf(archive))
    const provisioned = await scene.provision({ temporalMirror: server.mirror })
    expect(await readFile(provisioned.temporalServer, 'utf8')).toBe(good['temporal-server'])
    expect((await stat(provisioned.temporalSqlTool)).mode & 0o777).toBe(0o755)
    expect(await scene.cached()).toEqual([scene.entry.name])
    await expect(stat(join(scene.entry.folder, 'tdbg'))).rejects.toThrow(/ENOENT/)
    expect(scene.progress.at(-1)).toMatch(/^downloading http:.*\.tar\.gz: /)

    expect(await scene.provision({ temporalMirror: server.mirror })).toEqual(provisioned)
    expect(server.requests).toEqual(['checksums.txt', name])
  })

  test('is found behind redirects', async () => {
    await using real = await serveRelease(await releaseOf(good))
    await using server = await serve((request, response) => {
      response.writeHead(302, { location: `${real.mirror}${request.url}` }).end()
    })
    await scene.provision({ temporalMirror: `${server.mirror}/mirrored/` })
    expect(real.requests).toEqual(['checksums.txt', name])
  })

  test('replaces a damaged cache and says so', async () => {
    await mkdir(scene.entry.folder, { recursive: true })
    await using server = await serveRelease(await releaseOf(good))
    await scene.provision({ temporalMirror: server.mirror })
    expect(scene.progress[0]).toMatch(/^cache: .*; replacing it$/)
    expect(await scene.cached()).toEqual([scene.entry.name])
  })

  const cutOff =
    (body: Buffer): Release['archive'] =>
    (response) => {
      response.setHeader('content-length', body.length)
      response.write(body.subarray(0, body.length / 2), () => response.destroy())
    }
  const endless: Release['archive'] = (response) =>
    response.writeHead(302, { location: '/again.tar.gz' }).end()

  test.each<[string, RegExp, () => Promise<Release>]>([
    [
      'has another checksum',
      /sha256 [0-9a-f]{64}, but checksums\.txt/,
      async () => ({ ...(await releaseOf(good)), archive: send(await archiveOf({ ...good, tdbg: '' })) }),
    ],
    [
      'is cut off half-way',
      /cut off \(ERR_HTTP_CONTENT_LENGTH_MISMATCH\), after 0\.\d of 0\.\d MB/,
      async () => ({ ...(await releaseOf(good)), archive: cutOff(await archiveOf(good)) }),
    ],
    [
      'is not there',
      /\.tar\.gz answers 404/,
      async () => ({ ...(await releaseOf(good)), archive: notFound }),
    ],
    [
      'has no checksums',
      /checksums\.txt answers 404/,
      async () => ({ ...(await releaseOf(good)), checksums: notFound }),
    ],
    [
      'has no checksum for it',
      /checksums\.txt does not list/,
      async () => ({ ...(await releaseOf(good)), checksums: send('') }),
    ],
    [
      'has endless checksums',
      /longer than 1000000 bytes/,
      async () => ({ ...(await releaseOf(good)), checksums: send('x'.repeat(1_000_001)) }),
    ],
    [
      'redirects in a circle',
      /redirects more than 5 times/,
      async () => ({ ...(await releaseOf(good)), archive: endless }),
    ],
    [
      'lacks a binary',
      /does not hold temporal-sql-tool$/m,
      () => releaseOf({ 'temporal-server': good['temporal-server'] }),
    ],
    [
      'is no archive',
      /cannot be unpacked/,
      async () => ({ archive: send('hello'), checksums: send(checksumLine(Buffer.from('hello'), name)) }),
    ],
    [
      'holds another version',
      /is version 1\.0\.0, not/,
      () => releaseOf({ ...good, 'temporal-server': versionScript('temporal', '1.0.0') }),
    ],
  ])('that %s is not used; the build comes next', async (_what, reason, release) => {
    // prettier-ignore
    await scene.program('bin/go', goScript({ builds: temporalVersion }))
    await using server = await serveRelease(await release())
    await scene.provision({ temporalMirror: server.mirror })
    expect(scene.progress).toContainEqual(expect.stringMatching(reason))
    expect(scene.progress.at(-1)).toMatch(/^building Temporal/)
    expect(await scene.cached()).toEqual([scene.entry.name])
  })

  test('of a host that does not resolve is skipped', async () => {
    await scene.program('bin/go', goScript({ builds: temporalVersion }))
    await scene.provision({})
    expect(scene.progress).toContainEqual(expect.stringMatching(/^download: .* \((ENOTFOUND|EAI_AGAIN)\)$/))
  })

  test('of a host that refuses connections is skipped', async () => {
    const closed = await serve((_request, response) => notFound(response))
    await closed[Symbol.asyncDispose]()
    const error = await scene.refused({ temporalMirror: closed.mirror })
    expect(error.message).toMatch(/download: .*the connection was refused \(ECONNREFUSED\)/)
  })

  test('comes through a proxy if the environment names one', async () => {
    await using proxy = await serveRelease(await releaseOf(good))
    scene.env['HTTP_PROXY'] = proxy.mirror
    await scene.provision({ temporalMirror: unresolvable })
    expect(proxy.requests).toEqual(['checksums.txt', name])
  })

  test('an abort during the download ends it and leaves nothing', async () => {
    const controller = new AbortController()
    const reason = new ChaosError('interrupted', { code: 'CHAOS_INTERRUPTED' })
    await using server = await serveRelease({
      ...(await releaseOf(good)),
      archive: (response) => {
        response.setHeader('content-length', 1_000_000).write('a beginning')
        setTimeout(() => controller.abort(reason), 50)
      },
    })
    await expect(scene.provision({ temporalMirror: server.mirror }, controller.signal)).rejects.toBe(reason)
    expect(await scene.cached()).toEqual([])
  })
})

describe('a server that is silent', () => {
  const options = { env: {}, signal: new AbortController().signal, silenceMs: 100 }

  test('before it answers', async () => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await expect(downloadText(url, options)).rejects.toThrow(/: silent for 0\.1 s$/)
    server.close()
  })

  test('in the middle of its answer', async () => {
    await using server = await serve((_request, response) => {
      response.write('a beginning')
    })
    await expect(downloadText(new URL(server.mirror), options)).rejects.toThrow(/: silent for 0\.1 s$/)
  })

  test('behind a proxy that does not answer, https included', async () => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const env = { HTTPS_PROXY: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
    const url = new URL('https://releases.invalid/')
    await expect(downloadText(url, { ...options, env })).rejects.toThrow(
      /: the proxy does not connect to the host \(ERR_PROXY_TUNNEL\)$/,
    )
    server.close()
  })
})

test('a silent name server is abandoned long before the system would', async () => {
  const asked = Promise.withResolvers<Buffer>()
  const nameServer = createSocket('udp4', asked.resolve).bind(0, '127.0.0.1')
  await once(nameServer, 'listening')
  const resolver = new Resolver()
  resolver.setServers([`127.0.0.1:${nameServer.address().port}`])
  const lookup: LookupFunction = (host, _options, done) =>
    resolver.resolve4(host, (error, addresses) => {
      if (error === null) done(null, addresses[0] ?? '', 4)
      else done(error, '', 4)
    })
  const download = downloadText(new URL('http://releases.example/'), {
    env: {},
    signal: new AbortController().signal,
    lookup,
  })
  await expect(download).rejects.toThrow('http://releases.example/: the host does not resolve in time')
  expect(String(await asked.promise)).toContain('releases')
  resolver.cancel()
  nameServer.close()
})

describe('a build with Go', () => {
  test('reports its progress and ends in the cache', async () => {
    await scene.program('bin/go', goScript({ builds: temporalVersion, before: '/bin/sleep 1.2' }))
    const { temporalServer } = await scene.provision({})
    expect(await readFile(temporalServer, 'utf8')).toContain('temporal version')
    expect(scene.progress).toContain(
      'building Temporal 1.32.2 with go1.26.8: 1 modules fetched, 1 of about 1436 packages compiled, 1 s',
    )
    const manifest = await readFile(join(scene.entry.folder, 'installed.json'), 'utf8')
    expect(manifest).toContain('"source": "built with go1.26.8"')
  })

  test('that fails shows the output of Go, in one error with everything that was tried', async () => {
    const before = 'echo "# example.com/broken" >&2; echo "broken.go:1: oops" >&2; exit 1'
    await scene.program('bin/go', goScript({ builds: temporalVersion, before }))
    const error = await scene.refused({})
    expect(error).toMatchObject({ code: 'CHAOS_PROVISION_FAILED', kind: 'harness' })
    expect(error.message).toMatch(
      /^no way to get Temporal 1\.32\.2 worked:\n {2}cache: .*is not there\n {2}download: .*\n {2}build: go build ended with exit code 1: # example\.com\/broken \| broken\.go:1: oops$/,
    )
    expect(error.hint).toContain('CHAOS_TEMPORAL_MIRROR')
    expect(await scene.cached()).toEqual([])
  })

  test.each<[string, RegExp, string | undefined]>([
    ['no Go', /build: there is no go on the PATH$/, undefined],
    [
      'a Go that is too old',
      /build: .* is go1\.20\.14; Go 1\.21 is the first/,
      goScript({ version: 'go1.20.14', builds: '' }),
    ],
    ['a Go that does not start', /build: .*bin\/go does not run/, '#!/nothing/here\n'],
    ['a Go that builds another version', /build: .*is version 1\.0\.0, not/, goScript({ builds: '1.0.0' })],
  ])('with %s is impossible', async (_what, reason, go) => {
    // prettier-ignore
    if (go !== undefined) await scene.program('bin/go', go)
    const error = await scene.refused({})
    expect(error.code).toBe('CHAOS_PROVISION_FAILED')
    expect(error.message).toMatch(reason)
    expect(error.hint).toContain('Install Go 1.21 or newer')
  })

  test('is killed by an abort, with all that it started, and leaves nothing', async () => {
    const pidFile = join(scene.folder, 'pid')
    const before = `/bin/sleep 60 & echo $! > "${pidFile}.new"; /bin/mv "${pidFile}.new" "${pidFile}"; wait`
    await scene.program('bin/go', goScript({ builds: temporalVersion, before }))
    const controller = new AbortController()
    const reason = new Error('interrupted')
    const provisioning = scene.provision({}, controller.signal).catch((thrown: unknown) => thrown)
    const pid = Number(await eventually(() => readFile(pidFile, 'utf8')))
    controller.abort(reason)
    expect(await provisioning).toBe(reason)
    expect(await scene.cached()).toEqual([])
    await eventually(async () => {
      expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
      return true
    })
  })
})

describe('the cache', () => {
  test('that cannot be made is the reason, and nothing more is tried', async () => {
    await writeFile(join(scene.folder, 'cache'), 'a file where a folder should be')
    const error = await scene.refused({})
    expect(error).toMatchObject({ code: 'CHAOS_PROVISION_FAILED', kind: 'harness' })
    expect(error.message).toContain(`cache: ${scene.entry.parent} cannot be used: ENOTDIR`)
    expect(error.hint).toContain('XDG_CACHE_HOME')
    expect(scene.progress).toEqual([])
  })

  test('is filled once if two processes start at the same time', async () => {
    const release = await releaseOf(good)
    await using server = await serveRelease({
      ...release,
      archive: (response) => setTimeout(() => release.archive(response), 1_000),
    })
    const both = [1, 2].map(() => scene.provision({ temporalMirror: server.mirror }))
    const [first, second] = await Promise.all(both)
    expect(second).toEqual(first)
    expect(server.requests).toEqual(['checksums.txt', name])
    expect(scene.progress).toContainEqual(
      expect.stringMatching(/^another temporal-chaos.*: waiting for it, 0 s$/),
    )
  })

  test('is filled by the current holder of the lock: a process that lost it waits like any other', async () => {
    const release = await releaseOf(good)
    const lock = `${scene.entry.folder}.lock`
    let taken = false
    await using server = await serveRelease({
      ...release,
      archive: (response) => {
        if (taken) return release.archive(response)
        // Acts like another process that finds the lock stale. This answer never comes.
        taken = true
        rmSync(lock, { recursive: true })
        mkdirSync(lock)
      },
    })
    await scene.provision({ temporalMirror: server.mirror })
    expect(scene.progress).toContainEqual(expect.stringMatching(/^another temporal-chaos is getting/))
    expect(server.requests).toEqual(['checksums.txt', name, 'checksums.txt', name])
    expect(await scene.cached()).toEqual([scene.entry.name])
  })

  test('is free soon after its filler was killed, and the remains are removed', async () => {
    await using silent = await serveRelease({ ...(await releaseOf(good)), archive: () => undefined })
    const filler = execa(
      process.execPath,
      [join(import.meta.dirname, 'provision/fill-forever.ts'), silent.mirror],
      {
        env: scene.env,
        reject: false,
      },
    )
    await eventually(async () => {
      expect(silent.requests).toContain(name)
      return true
    })
    await using server = await serveRelease(await releaseOf(good))
    const waiting = scene.provision({ temporalMirror: server.mirror })
    await eventually(async () => {
      expect(scene.progress).toContain(
        `another temporal-chaos (pid ${filler.pid}) is getting Temporal 1.32.2: waiting for it, 0 s`,
      )
      return true
    })
    expect(await scene.cached()).toHaveLength(1)
    filler.kill('SIGKILL')
    await filler
    await waiting
    expect(await scene.cached()).toEqual([scene.entry.name])
  })
})

describe('the inspection of the doctor', () => {
  const inspect = (config: Partial<InspectOptions['config']>): Promise<SourceInspection> =>
    scene.inspect(config)

  test('finds a release that could be downloaded, and downloads nothing', async () => {
    await using server = await serveRelease({ archive: send('an archive'), checksums: notFound })
    expect(await inspect({ temporalMirror: server.mirror })).toMatchObject({
      ready: true,
      found: expect.stringMatching(/^not cached yet; would be downloaded: http:/),
    })
    await expect(scene.cached()).rejects.toThrow(/ENOENT/)
  })

  test('finds a Go that could build', async () => {
    await scene.program('bin/go', goScript({ builds: temporalVersion }))
    const { ready, found } = await inspect({})
    expect(ready).toBe(true)
    expect(found).toMatch(/no download \(.*\); would be built with go1\.26\.8/)
  })

  test('finds nothing, and says what to do', async () => {
    const { ready, found, hint } = await inspect({})
    expect(ready).toBe(false)
    expect(found).toMatch(/no build \(there is no go on the PATH\)$/)
    expect(hint).toContain('CHAOS_TEMPORAL_MIRROR')
  })

  test("finds problems with the user's own binaries", async () => {
    const { ready, found } = await inspect({ temporalServer: '/nothing/here' })
    expect(ready).toBe(false)
    expect(found).toContain('/nothing/here does not exist')
  })

  test('finds the cache', async () => {
    await using server = await serveRelease(await releaseOf(good))
    await scene.provision({ temporalMirror: server.mirror })
    expect(await inspect({})).toEqual({
      ready: true,
      found: `${temporalVersion}, cached in ${scene.entry.folder}`,
    })
  })
})

/** The value of an attempt once it no longer throws; the test's own timeout limits it. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    const outcome = await attempt().then(
      (value) => ({ value }),
      () => undefined,
    )
    if (outcome !== undefined) return outcome.value
    await delay(20)
  }
}

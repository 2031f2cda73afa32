// The command on machines that lack something, or have an unusual layout.
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freePorts } from '../harness/processes/ports.ts'
import { chaos, chaosWith, unhurried } from './support/chaos.ts'
import { copyCheckout } from './support/checkout.ts'
import { openPlace, type Place } from './support/place.ts'
import { mayMount, mountTmpfs } from './support/tmpfs.ts'

const run = ['kill-worker-mid-sleep', '--runs', '1']

let place: Place
beforeEach(async () => {
  place = await openPlace()
})
afterEach(async () => {
  await using done = place
  expect({ processes: done.processes(), folders: done.folders() }).toEqual({ processes: [], folders: [] })
})

describe('neither network nor Go', () => {
  const refused = async () => `127.0.0.1:${(await freePorts(['mirror'])).mirror}`
  // By RFC 6761 no name under this domain ever resolves.
  const unresolved = async () => 'releases.invalid'

  test.each([
    ['a mirror that refuses', refused, /the connection was refused \(ECONNREFUSED\)/],
    ['a mirror without an address', unresolved, /the host does not resolve.* \((ENOTFOUND|EAI_AGAIN)\)/],
  ])('%s: one error with everything that was tried and what to do, exit 3', async (_, mirror, reason) => {
    const cache = path.join(place.tmp, 'cache')
    const bin = path.join(place.tmp, 'bin')
    await mkdir(bin)
    for (const name of ['sh', 'id']) await symlink(path.join('/bin', name), path.join(bin, name))
    await symlink(process.execPath, path.join(bin, 'node'))
    const host = await mirror()
    const { exitCode, all } = await chaosWith(
      place,
      {
        PATH: bin,
        XDG_CACHE_HOME: cache,
        NO_PROXY: '*',
        CHAOS_BACKEND: 'process',
        CHAOS_TEMPORAL_MIRROR: `http://${host}`,
        CHAOS_TEMPORAL_SERVER: '',
        CHAOS_TEMPORAL_SQL_TOOL: '',
      },
      ...run,
    )
    expect(all).toMatch(
      /no way to get Temporal \S+ worked:\n *cache: .* is not there\n *download: .*\n *build: there is no go on the PATH/,
    )
    expect(all).toContain(`download: http://${host}/`)
    expect(all).toMatch(reason)
    expect(all).toMatch(/\[CHAOS_PROVISION_FAILED\]\n.*Install Go 1\.21 or newer.*CHAOS_TEMPORAL_MIRROR/)
    expect(all).toMatch(/0 passed, 1 failed$/)
    expect(exitCode).toBe(3)
    expect(await readdir(path.join(cache, 'temporal-chaos', 'temporal'))).toEqual([])
  })
})

test.each([
  ['in which nothing can be made', '/proc', /cannot make the temporary folder \/proc\//],
  ['that does not exist', '/does/not/exist', /cannot use the temporary folder \/does\/not\/exist/],
])('a temporary folder %s: an error before anything starts, exit 3', async (_, tmp, message) => {
  const { exitCode, all } = await chaosWith(place, { CHAOS_BACKEND: 'process', TMPDIR: tmp }, ...run)
  expect(all).toMatch(message)
  expect(all).toMatch(/\[CHAOS_TEMP_UNUSABLE\]\nSet TMPDIR to a folder that can be written to/)
  expect(all).toMatch(/0 passed, 1 failed$/)
  expect(exitCode).toBe(3)
})

describe.runIf(mayMount())('a disk without room', () => {
  test('for a cluster: an error before anything starts, exit 3', async () => {
    using _disk = mountTmpfs(place.tmp, '64m')
    const { exitCode, all } = await chaos(place, ...run)
    expect(all).toMatch(/has \d+ MB free, but a cluster takes up to 200 MB \[CHAOS_DISK_FULL\]\n.*TMPDIR/)
    expect(all).not.toMatch(/starting PostgreSQL/)
    expect(all).toMatch(/0 passed, 1 failed$/)
    expect(exitCode).toBe(3)
    expect(place.folders()).toEqual([])
  })

  test('for any report: an error before anything starts, exit 3', async () => {
    await mkdir(place.reports)
    using _disk = mountTmpfs(place.reports, '64k')
    await writeFile(path.join(place.reports, 'full'), Buffer.alloc(64 * 1024))
    const { exitCode, all } = await chaos(place, ...run)
    expect(all).toMatch(/the disk is full: .* cannot be written \[CHAOS_DISK_FULL\]\n.*--out/)
    expect(all).not.toMatch(/starting PostgreSQL/)
    expect(exitCode).toBe(3)
    expect(await readdir(place.reports)).toEqual(['full'])
  })

  test('for the files of a run: the campaign ends, exit 3', async () => {
    await mkdir(place.reports)
    using _disk = mountTmpfs(place.reports, '64k')
    const { exitCode, all } = await chaos(place, ...run)
    expect(all).toMatch(/cluster: Temporal/)
    expect(all).toMatch(/the disk is full: .*\[CHAOS_DISK_FULL\]\n.*--out/)
    expect(all).toMatch(/0 passed, 1 failed$/)
    expect(exitCode).toBe(3)
  })
})

test('a checkout in a folder with a space in its name, which no other user may enter: exit 0', async () => {
  const closed = path.join(path.dirname(place.tmp), 'a b')
  await mkdir(closed, { mode: 0o700 })
  const checkout = path.join(closed, 'checkout')
  await copyCheckout(checkout)
  const { exitCode, all } = await chaos({ ...place, checkout }, ...unhurried)
  expect(all).toMatch(/1 passed, 0 failed$/)
  expect(exitCode).toBe(0)
})

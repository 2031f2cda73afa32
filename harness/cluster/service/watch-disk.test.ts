import { expect, test } from 'vitest'
import { temporaryDisk } from '../../core/disk-full.ts'
import type { Log } from '../../processes/log-tail.ts'
import { watchDisk } from './watch-disk.ts'

function logOf(...ends: readonly (string | Error)[]): Log & { readonly looks: number } {
  let looks = 0
  return {
    where: 'a log',
    disk: temporaryDisk,
    get looks() {
      return looks
    },
    async end() {
      const end = ends[Math.min(looks, ends.length - 1)] ?? ''
      looks += 1
      if (end instanceof Error) throw end
      return end
    },
  }
}

test('a database that runs out of room ends the cluster’s life, saying so', async () => {
  const failures: unknown[] = []
  const full = 'ERROR:  could not extend file "base/16384/16562": No space left on device\n'
  const log = logOf('LOG:  ready\n', full)
  await watchDisk({ signal: new AbortController().signal, fail: (error) => failures.push(error) }, log, 1)
  expect(failures).toMatchObject([
    {
      code: 'CHAOS_DISK_FULL',
      kind: 'harness',
      hint: temporaryDisk.whenFull,
      message: expect.stringContaining('could not extend file') as string,
    },
  ])
})

test('it ends with the cluster', async () => {
  const life = new AbortController()
  const log = logOf('LOG:  ready\n')
  const watching = watchDisk({ signal: life.signal, fail: () => expect.fail('nothing is full') }, log, 1)
  await expect.poll(() => log.looks).toBeGreaterThan(2)
  life.abort()
  await watching
})

test('a log that cannot be read any more is told by others', async () => {
  const failures: unknown[] = []
  const log = logOf(new Error('no such container'))
  await watchDisk({ signal: new AbortController().signal, fail: (error) => failures.push(error) }, log, 1)
  expect(failures).toEqual([])
})

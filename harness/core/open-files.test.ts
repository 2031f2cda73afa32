import { execa } from 'execa'
import { expect, test } from 'vitest'
import { assertOpenFiles, leastOpenFiles } from './open-files.ts'

const own = new URL('open-files.ts', import.meta.url).href

test('a limit below what a cluster takes is refused, with the limit', () => {
  expect(() => assertOpenFiles(leastOpenFiles - 1)).toThrow(/only 255 files .* takes 256/)
  expect(() => assertOpenFiles(leastOpenFiles)).not.toThrow()
  expect(() => assertOpenFiles(undefined)).not.toThrow()
})

test.runIf(process.platform === 'linux')('the limit is that of this process', async () => {
  const program = `import { openFilesLimit } from '${own}'; console.log(openFilesLimit())`
  const limited = ['-c', 'ulimit -n 64; exec "$0" --input-type=module --eval "$1"', process.execPath, program]
  expect((await execa('/bin/sh', limited)).stdout).toBe('64')
})

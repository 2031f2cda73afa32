import { execa } from 'execa'
import { expect, test } from 'vitest'

const own = new URL('red-until-settled.ts', import.meta.url).href

/** The exit code of a process that does `work`, and nothing else. */
async function exitCodeAfter(work: string): Promise<number | undefined> {
  const program = `import { redUntilSettled } from '${own}'; await redUntilSettled(${work}).catch(() => {})`
  const { exitCode } = await execa(process.execPath, ['--input-type=module', '--eval', program], {
    reject: false,
  })
  return exitCode
}

test('a process that ends before its work has settled ends with 3', async () => {
  expect(await exitCodeAfter('() => new Promise(() => {})')).toBe(3)
})

test.each(['async () => 1', 'async () => { throw new Error() }'])(
  'work that has settled, %s, leaves the exit code alone',
  async (work) => {
    expect(await exitCodeAfter(work)).toBe(0)
  },
)

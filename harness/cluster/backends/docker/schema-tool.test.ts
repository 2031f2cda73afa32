import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import Docker from 'dockerode'
import { openFakeEngine, says } from '../../../../test/support/fake-engine.ts'
import { ownImages } from '../../../containers/images/images.ts'
import { schemaScript, untilMade } from './schema-tool.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chaos-schemas-'))
  const tool = '#!/bin/sh\necho "$*"\ncase "$*" in *"$FAILING"*) exit 1;; esac\n'
  await writeFile(path.join(folder, 'temporal-sql-tool'), tool, { mode: 0o755 })
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs the script with a tool that says what it was asked, and fails where that contains `failing`. */
async function run(failing: string): Promise<{ readonly asked: string[]; readonly failed: boolean }> {
  const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, FAILING: failing }
  const { stdout, failed } = await execa('sh', ['-c', schemaScript()], { env, reject: false })
  return { asked: stdout.split('\n'), failed }
}

test('both databases are made, each in its order', async () => {
  const { asked, failed } = await run('never')
  expect(failed).toBe(false)
  const of = (database: string) => asked.filter((line) => line.includes(`--database ${database} `))
  expect(of('temporal')).toEqual([
    '--database temporal create-database',
    '--database temporal setup-schema --version 0.0',
    '--database temporal update-schema --schema-name postgresql/v12/temporal',
  ])
  expect(of('temporal_visibility')).toHaveLength(3)
})

test.each(['temporal setup-schema', 'temporal_visibility create-database'])(
  'where %s fails the script does, and the other database is finished',
  async (failing) => {
    const { asked, failed } = await run(failing)
    expect(failed).toBe(true)
    expect(asked.some((line) => line.includes('update-schema'))).toBe(true)
  },
)

test('an image without the tool does not meet the contract', async () => {
  const none = path.join(folder, 'none')
  await mkdir(none)
  const { stdout: sh } = await execa('sh', ['-c', 'command -v sh'])
  const options = { env: { PATH: none }, extendEnv: false, reject: false }
  const { exitCode } = await execa(sh, ['-c', schemaScript()], options)
  await using engine = await openFakeEngine({ 'POST /containers/c1/wait': says({ StatusCode: exitCode }) })
  const container = new Docker({ socketPath: engine.socketPath }).getContainer('c1')
  const environment = {
    signal: new AbortController().signal,
    images: { ...ownImages, adminTools: 'my/tools:1' },
  }
  await expect(untilMade(environment, container)).rejects.toMatchObject({
    code: 'CHAOS_IMAGE_UNFIT',
    message: expect.stringMatching(/^my\/tools:1 does not meet the contract: temporal-sql-tool/),
    hint: expect.stringMatching(/docker\/images\/README\.md/),
  })
})

import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { languages } from '../config/init/language.ts'
import { projectFiles, readProject } from '../config/project/project.ts'
import { initialise } from './init.ts'

const root = path.join(import.meta.dirname, '../..')

async function copyOf(example: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-init-'))
  const isConfig = (file: string) => projectFiles.some((name) => name === path.basename(file))
  const filter = (file: string) => !isConfig(file) && !file.includes('node_modules')
  await cp(path.join(root, 'examples', example), folder, { recursive: true, filter })
  return folder
}

const written = { typescript: 'chaos.config.ts', python: 'chaos.toml', go: 'chaos.toml', java: 'chaos.toml' }

test.each(languages)(
  '%s: a configuration that can be read, and what is left to fill in',
  async (language) => {
    const folder = await copyOf(language)
    const text = await initialise(folder, {}, false)
    const project = await readProject(path.join(folder, written[language]))
    expect(project.workers['worker']?.taskQueues).toEqual(['orders'])
    expect(project.workloads).toMatchObject({
      order: { type: 'OrderWorkflow', taskQueue: 'orders', args: [] },
    })
    const said = await readFile(project.file, 'utf8')
    expect(said.match(/TODO.*/g)).toEqual([
      expect.stringMatching(/^TODO: the arguments of OrderWorkflow: .*[oO]rder/),
    ])
    expect(said).toContain('signal approve')
    expect(text).toMatch(/- the arguments of the workflow\nThen: .* check, and .* run --quick$/)
    await expect(initialise(folder, {}, false)).rejects.toMatchObject({
      code: 'CHAOS_CONFIG_EXISTS',
      kind: 'usage',
    })
    expect(await readFile(project.file, 'utf8')).toBe(said)
  },
)

test('every commented example can be read as well, once its mark is taken away', async () => {
  const folder = await copyOf('typescript')
  await initialise(folder, {}, false)
  const file = path.join(folder, 'chaos.config.ts')
  const text = (await readFile(file, 'utf8')).replaceAll(/\/\/ (?=(?:messages|expect|replay): )/g, '')
  await writeFile(file, text)
  expect(await readProject(file)).toMatchObject({
    workloads: { order: { expect: 'completed', messages: [{ at: 'started', signal: 'approve' }] } },
    replay: { command: ['node', 'replay.js', '{{histories}}'] },
  })
  const python = await copyOf('python')
  await initialise(python, {}, false)
  const toml = path.join(python, 'chaos.toml')
  await writeFile(
    toml,
    (await readFile(toml, 'utf8')).replaceAll(/^# (?=(?:messages|expect|command) =|\[)/gm, ''),
  )
  expect(await readProject(toml)).toMatchObject({
    workloads: { order: { expect: 'completed', messages: [{ at: 'started', signal: 'approve' }] } },
    replay: { command: ['.venv/bin/python', 'replay.py', '{{histories}}'] },
  })
})

test.each(languages)('%s: an empty folder gets a file that says what is missing', async (language) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-init-'))
  const text = await initialise(folder, { language }, false)
  const project = await readProject(path.join(folder, 'chaos.toml'))
  expect(project.workloads).toMatchObject({ work: { type: 'TODO', taskQueue: 'TODO' } })
  expect(text.match(/^ {2}- .*/gm)).toHaveLength(4)
  expect((await readFile(project.file, 'utf8')).match(/TODO:/g)).toHaveLength(4)
})

test('a scenario of one’s own is written beside the configuration, and a file of that name stays as it is', async () => {
  const folder = await copyOf('python')
  const text = await initialise(folder, {}, false)
  expect(text).toContain('Wrote chaos.toml, and a scenario of your own: chaos/worker-dies-twice.mjs.')
  const { scenarios } = await readProject(path.join(folder, 'chaos.toml'))
  expect(scenarios).toEqual(['chaos/*.{ts,js,mjs}'])
  const file = path.join(folder, 'chaos', 'worker-dies-twice.mjs')
  expect(await readFile(file, 'utf8')).toContain("start(workloads['order'])")
  await writeFile(file, 'mine\n')
  await rm(path.join(folder, 'chaos.toml'))
  expect(await initialise(folder, {}, false)).toContain('Wrote chaos.toml.\n')
  expect(await readFile(file, 'utf8')).toBe('mine\n')
})

test('nobody says the language: it is asked for', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-init-'))
  await expect(initialise(folder, {}, false)).rejects.toMatchObject({
    code: 'CHAOS_LANGUAGE_UNKNOWN',
    hint: expect.stringContaining('init --language python'),
  })
})

test('beside the package, the file names its schema or its types, and what it refers to is there', async () => {
  const typescript = await copyOf('typescript')
  await install(typescript)
  await initialise(typescript, {}, false)
  const project = await readProject(path.join(typescript, 'chaos.config.ts'))
  expect(project.workloads['order']?.type).toBe('OrderWorkflow')
  const text = await readFile(project.file, 'utf8')
  expect(text).toMatch(/^import \{ defineConfig \} from 'temporal-chaos\/config'\n/)
  expect(text).toContain('./node_modules/temporal-chaos/examples/typescript/src/replay.ts')
})

test.each(['python', 'go', 'java'] as const)(
  '%s: a folder below the package names files of it',
  async (name) => {
    const folder = await copyOf(name)
    const below = path.join(folder, 'services', 'orders')
    await mkdir(below, { recursive: true })
    await install(folder)
    await initialise(below, { language: name }, false)
    const text = await readFile(path.join(below, 'chaos.toml'), 'utf8')
    expect(text).toMatch(/^#:schema \.\.\/\.\.\/node_modules\/temporal-chaos\/chaos\.schema\.json\n/)
    const named = text.match(/(?:\.\.\/)+node_modules[\w./-]+\w/g) ?? []
    expect(named).toHaveLength(4)
    expect(named.filter((file) => !existsSync(path.join(below, file)))).toEqual([])
  },
)

/** The package, as a package manager that links it does. */
async function install(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'node_modules'))
  await symlink(root, path.join(folder, 'node_modules', 'temporal-chaos'))
}

import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findProject, projectOf } from './project.ts'

const least = {
  worker: { command: ['python', 'worker.py'] },
  workloads: { order: { type: 'OrderWorkflow', taskQueue: 'orders' } },
}

function read(content: unknown) {
  return projectOf('/project/chaos.config.json', content, JSON.stringify(content))
}

test('two facts are enough: how the worker is started, and how one workflow is', () => {
  const project = read(least)
  expect(project.folder).toBe('/project')
  expect(project.workers).toEqual({
    worker: {
      start: { kind: 'command', command: ['python', 'worker.py'], cwd: '.', env: {} },
      taskQueues: ['orders'],
      readyWithinMs: 60_000,
      graceMs: 10_000,
    },
  })
  expect(project.workloads).toEqual({
    order: {
      type: 'OrderWorkflow',
      taskQueue: 'orders',
      args: [],
      messages: [],
      together: 1,
      options: {},
      deadlineMs: 60_000,
    },
  })
  expect(project).toMatchObject({ cluster: { port: 7_233 }, budgetMs: 5_000, services: [] })
})

test('several workers have names, and the queues of all workloads unless they say so', () => {
  const { workers } = read({
    workers: { hands: { command: ['a'] }, books: { command: ['b'], taskQueues: ['books'] } },
    workloads: {
      order: { type: 'A', taskQueue: 'orders' },
      other: { type: 'B', taskQueue: 'orders' },
      book: { type: 'C', taskQueue: 'books' },
    },
  })
  expect(Object.entries(workers).map(([name, { taskQueues }]) => [name, taskQueues])).toEqual([
    ['hands', ['orders', 'books']],
    ['books', ['books']],
  ])
})

test('a worker may be an image, with its own command or another', () => {
  const startOf = (worker: object) => read({ ...least, worker }).workers['worker']?.start
  expect(startOf({ image: 'orders:1' })).toEqual({ kind: 'image', image: 'orders:1', command: [], env: {} })
  expect(startOf({ image: 'orders:1', command: ['worker'], env: { A: 'b' } })).toEqual({
    kind: 'image',
    image: 'orders:1',
    command: ['worker'],
    env: { A: 'b' },
  })
})

test('a worker may run already: it then has its own folder and environment', () => {
  const attach = {
    pid: { command: ['cat', 'worker.pid'] },
    restart: { command: ['./restart'] },
    log: 'w.log',
  }
  expect(read({ ...least, worker: { attach } }).workers['worker']?.start).toEqual({
    kind: 'attach',
    pid: { command: ['cat', 'worker.pid'], cwd: '.', env: {} },
    restart: { command: ['./restart'], cwd: '.', env: {} },
    log: 'w.log',
  })
  expect(read({ ...least, worker: { attach: { pid: 4711 } } }).workers['worker']?.start).toEqual({
    kind: 'attach',
    pid: 4711,
  })
})

test('every edit is another version', () => {
  expect(read(least).version).not.toBe(read({ ...least, budgetMs: 1 }).version)
})

describe('what is wrong is named', () => {
  test.each<[string, unknown, RegExp]>([
    ['another word', { ...least, workload: {} }, /there is no field workload\. Did you mean workloads\?/],
    [
      'deep inside',
      { ...least, workloads: { order: { type: 'A', taskQeue: 'orders' } } },
      /workloads\.order\.taskQueue: .*\n.*workloads\.order: there is no field taskQeue\. Did you mean taskQueue\?/,
    ],
    [
      'a shell line',
      { ...least, worker: { command: 'npm start' } },
      /worker\.command: expected a list: the program/,
    ],
    [
      'two starts',
      { ...least, worker: { command: ['a'], attach: { pid: 1 } } },
      /worker: expected one of "command", "image"/,
    ],
    ['no start', { ...least, worker: {} }, /worker: expected one of "command", "image"/],
    [
      'an environment for what runs already',
      { ...least, worker: { attach: { pid: 7 }, env: {} } },
      /worker: expected "cwd" and "env" beside "command"/,
    ],
    [
      'a pid in words',
      { ...least, worker: { attach: { pid: 'pgrep worker' } } },
      /worker\.attach\.pid: expected a process id, or/,
    ],
    ['no worker', { workloads: least.workloads }, /worker: expected either "worker", or "workers" by name/],
    ['no workload', { ...least, workloads: {} }, /workloads: expected at least one workload/],
    [
      'a place',
      {
        ...least,
        workloads: { order: { type: 'A', taskQueue: 'q', messages: [{ at: 'timr 1', signal: 's' }] } },
      },
      /workloads\.order\.messages\.0\.at: expected one of "started", "timer 1"/,
    ],
    [
      'signal and update',
      {
        ...least,
        workloads: { order: { type: 'A', taskQueue: 'q', messages: [{ signal: 's', update: 'u' }] } },
      },
      /messages\.0: expected either "signal" or "update"/,
    ],
    ['a name', { ...least, workloads: { 'My Order': { type: 'A', taskQueue: 'q' } } }, /kebab-case/],
  ])('%s', (_, content, message) => {
    expect(() => read(content)).toThrow(message)
  })
})

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-config-'))
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  return folder
}

test('is found above the working directory, in JSON, TOML and TypeScript', async () => {
  const json = JSON.stringify(least)
  const toml =
    '[worker]\ncommand = ["python", "worker.py"]\n[workloads.order]\ntype = "OrderWorkflow"\ntaskQueue = "orders"\n'
  for (const files of [
    { 'chaos.config.json': json },
    { 'chaos.toml': toml },
    { 'chaos.config.ts': `const config: object = ${json}\nexport default config\n` },
  ]) {
    const folder = await folderWith(files)
    const below = path.join(folder, 'a', 'b')
    await mkdir(below, { recursive: true })
    const project = await findProject(below)
    expect(project?.folder).toBe(folder)
    expect(project?.workloads['order']?.type).toBe('OrderWorkflow')
  }
})

test('two side by side are refused, and so is what cannot be read', async () => {
  const both = await folderWith({ 'chaos.config.json': '{}', 'chaos.toml': '' })
  await expect(findProject(both)).rejects.toThrow(/has chaos\.config\.json and chaos\.toml/)
  const junk = await folderWith({ 'chaos.config.json': '{' })
  await expect(findProject(junk)).rejects.toMatchObject({ code: 'CHAOS_CONFIG_INVALID', kind: 'usage' })
  const empty = await folderWith({ 'chaos.config.ts': 'export const a = 1\n' })
  await expect(findProject(empty)).rejects.toThrow(/no default export/)
})

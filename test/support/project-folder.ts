// A folder with a chaos.config and a worker of its own, and the command line in it, as a user of the package has them.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chaosWith } from './chaos.ts'
import type { Place } from './place.ts'

const workerProgram = fileURLToPath(new URL('../fixtures/external/worker.ts', import.meta.url))

export interface ProjectDeclared {
  readonly cluster: object
  readonly codec?: object
  /** @default one of its own: on a cluster that runs already, a queue is waited for until no worker is listed any more */
  readonly queue?: string
  /** Of the worker. */
  readonly env?: Readonly<Record<string, string>>
}

/** @returns the folder. A second call with the same name writes the configuration anew. */
export async function writeProject(place: Place, name: string, declared: ProjectDeclared): Promise<string> {
  const { cluster, codec, queue = `orders-${name}`, env = {} } = declared
  const folder = path.join(place.tmp, name)
  await mkdir(folder, { recursive: true })
  const config = {
    worker: { command: [process.execPath, workerProgram], env: { ORDERS_QUEUE: queue, ...env } },
    cluster,
    ...(codec === undefined ? {} : { codec }),
    workloads: { order: { type: 'Order', taskQueue: queue, args: ['{{workflow.id}}'] } },
    budgetMs: 20_000,
  }
  await writeFile(path.join(folder, 'chaos.config.json'), JSON.stringify(config))
  return folder
}

export async function chaosIn(
  place: Place,
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const inFolder = { tmp: place.tmp, reports: path.join(folder, 'reports'), cwd: folder }
  const { exitCode, all } = await chaosWith(inFolder, { CHAOS_BACKEND: undefined, ...env }, ...args)
  return { exitCode, all }
}

/** All that the files of a folder say. */
export async function textOf(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  )
  const texts = files.map((one) => readFile(path.join(one.parentPath, one.name), 'utf8'))
  return (await Promise.all(texts)).join('\n')
}

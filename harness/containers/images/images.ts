// The images that clusters and workers are made of: the official ones, and those that docker/images builds under names of
// its own where nothing can be pulled. Both meet the contract in docker/images/README.md.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assets, workerImageFiles } from '../../core/assets.ts'
import { temporalVersion } from '../../config/temporal-release.ts'

/** Debian's release that our own images stand on, and the PostgreSQL that is in it. */
export const debianSuite = 'trixie'
export const debianPostgresMajor = '17'

/** The last one whose module can be built from the Go module proxy alone; docker/ui/go.mod pins the same. */
export const uiVersion = '2.54.1'

export const stackImageNames = ['server', 'adminTools', 'postgres', 'ui'] as const
export type StackImageName = (typeof stackImageNames)[number]
export type ClusterImages = Readonly<Record<StackImageName, string>>

export const officialImages: ClusterImages = {
  server: `temporalio/server:${temporalVersion}`,
  adminTools: `temporalio/admin-tools:${temporalVersion}`,
  postgres: 'postgres:18.4',
  ui: `temporalio/ui:${uiVersion}`,
}

/** What all names of our own images begin with. */
export const ownRepositories = 'temporal-chaos/'

/** Built by `pnpm images`. */
export const ownImages: ClusterImages = {
  server: `temporal-chaos/server:${temporalVersion}`,
  adminTools: `temporal-chaos/admin-tools:${temporalVersion}`,
  postgres: `temporal-chaos/postgres:${debianPostgresMajor}`,
  ui: `temporal-chaos/ui:${uiVersion}`,
}

/** What the images above stand on. */
export const baseImage = `temporal-chaos/base:${debianSuite}`

/** The repository of the workers' images; the tag is a hash of what is in them. */
export const workerRepository = 'temporal-chaos/worker'

/**
 * The image of `fixtures/worker.ts` as it is in this checkout: what is made of other files, or in another way, has another
 * name, so that none is ever mistaken for it; what it stands on is all that its name leaves out. Built by `pnpm images worker`.
 */
export async function workerImage(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of await workerFiles()) {
    const content = await readFile(join(assets.checkout, file))
    // With the lengths, no two sets of files read the same.
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return `${workerRepository}:${hash.digest('hex').slice(0, 12)}`
}

/** What decides what is in a worker's image, as paths in the checkout, in a fixed order. */
export async function workerFiles(): Promise<string[]> {
  const { build } = workerImageFiles
  return [...(await workerSources()), ...(await filesIn(build.folder)), ...build.files]
}

/** Those of them that are copied into it, but for the lockfile, which says what is installed. */
export async function workerSources(): Promise<string[]> {
  const { code, explore } = workerImageFiles
  const programs = [...code.files, ...(await filesIn(code.folder))]
  const manifests = ['pnpm-lock.yaml', 'package.json']
  return [...programs, ...manifests, ...explore.files, ...(await filesIn(explore.folder))]
}

/** Without tests, in a fixed order. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(assets.checkout, folder), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(assets.checkout.length)).toSorted()
}

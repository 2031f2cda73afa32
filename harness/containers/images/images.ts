// Names of the images for clusters and workers: the official ones, and our own from docker/images if nothing
// can be pulled. Both meet the contract in docker/images/README.md.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { assets, isPackage, workerImageFiles } from '../../core/assets.ts'
import { temporalVersion } from '../../config/temporal-release.ts'

/** The Debian release below our own images, and the version of its PostgreSQL. */
export const debianSuite = 'trixie'
export const debianPostgresMajor = '17'

/** The last version that the Go module proxy alone suffices to build; docker/ui/go.mod pins the same. */
export const uiVersion = '2.54.1'

export const clusterImageNames = ['server', 'adminTools', 'postgres', 'ui'] as const
export type ClusterImageName = (typeof clusterImageNames)[number]
export type ClusterImages = Readonly<Record<ClusterImageName, string>>

export const officialImages: ClusterImages = {
  server: `temporalio/server:${temporalVersion}`,
  adminTools: `temporalio/admin-tools:${temporalVersion}`,
  postgres: 'postgres:18.4',
  ui: `temporalio/ui:${uiVersion}`,
}

/** The start of all names of our own images. */
export const ownRepositories = 'temporal-chaos/'

/** Built by `pnpm images`. */
export const ownImages: ClusterImages = {
  server: `temporal-chaos/server:${temporalVersion}`,
  adminTools: `temporal-chaos/admin-tools:${temporalVersion}`,
  postgres: `temporal-chaos/postgres:${debianPostgresMajor}`,
  ui: `temporal-chaos/ui:${uiVersion}`,
}

/** The base of the images above. */
export const baseImage = `temporal-chaos/base:${debianSuite}`

/** The repository of the workers' images; the tag is a hash of what is in them. */
export const workerRepository = 'temporal-chaos/worker'

/**
 * The image of `fixtures/worker.ts` as it is in this checkout, built by `pnpm images worker`. A worker of
 * other files, or built in another way, has another name, so that none is mistaken for it. Only the base
 * image is not part of the name.
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

/** The same; null in the package, from which no image can be built. */
export async function ownWorkerImage(): Promise<string | null> {
  return isPackage ? null : await workerImage()
}

/** All files that a worker's image depends on, as paths in the checkout, in a fixed order. */
export async function workerFiles(): Promise<string[]> {
  const { build } = workerImageFiles
  return [...(await workerSources()), ...(await filesIn(build.folder)), ...build.files]
}

/** The files that are copied into the image, and the lockfile, which says what is installed. */
export async function workerSources(): Promise<string[]> {
  const { code, explore } = workerImageFiles
  const programs = [...code.files, ...(await filesIn(code.folder))]
  const manifests = ['pnpm-lock.yaml', 'package.json']
  return [...programs, ...manifests, ...explore.files, ...(await filesIn(explore.folder))]
}

/** Leaves out tests, in a fixed order. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(assets.checkout, folder), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(assets.checkout.length)).toSorted()
}

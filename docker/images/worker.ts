// The worker under test with all that it needs, and the scripts for trying things by hand that run beside it.
import { cp, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { platformOf } from '../../harness/config/temporal-release.ts'
import {
  workerFiles,
  workerImage,
  workerRepository,
  workerSources,
} from '../../harness/containers/images/images.ts'
import type { Image, Site } from './image.ts'
import { reducedLockfile, reducedManifest } from './lockfile.ts'
import { inCheckout } from './recipe.ts'
import { run, toolEnvironment } from './run.ts'

/** What `fixtures/worker.ts`, the workflows and `docker/images/explore/` import. */
export const workerDependencies = [
  '@hono/node-server',
  '@temporalio/activity',
  '@temporalio/client',
  '@temporalio/common',
  '@temporalio/worker',
  '@temporalio/workflow',
  'hono',
  'pino',
  'zod',
]

const lockfile = 'pnpm-lock.yaml'

export async function worker(): Promise<Image> {
  const sources = await workerSources()
  return {
    key: 'worker',
    name: await workerImage(),
    // For people; the harness goes by the hash.
    aliases: [`${workerRepository}:latest`],
    needsPostgres: false,
    files: await workerFiles(),
    versions: workerDependencies,
    async fill(site, context) {
      const app = join(context, 'app')
      for (const file of sources) if (file !== lockfile) await copyInto(app, file)
      await copyFile(await nodeBinary(), join(context, 'node'))
      await bundle(site, join(app, 'bundle.js'))
      await installDependencies(site, context)
    },
  }
}

async function copyInto(folder: string, file: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true })
  await cp(inCheckout(file), join(folder, file))
}

/** Of the npm package `node`, which the whole project runs on. */
async function nodeBinary(): Promise<string> {
  return join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin/node')
}

/** The one that a person's worker runs; the harness brings its own. */
async function bundle(site: Site, file: string): Promise<void> {
  await run(site, {
    file: process.execPath,
    args: [inCheckout('harness/worker/bundle/bundle-child.ts'), inCheckout('workflows/index.ts'), file],
    doing: 'bundling the workflows',
    code: 'CHAOS_BUNDLE_FAILED',
  })
}

async function installDependencies(site: Site, folder: string): Promise<void> {
  const reduce = async (name: string, by: (text: string, names: readonly string[]) => string) =>
    writeFile(join(folder, name), by(await readFile(inCheckout(name), 'utf8'), workerDependencies))
  await reduce('package.json', reducedManifest)
  await reduce(lockfile, reducedLockfile)
  await run(site, {
    file: 'npx',
    // Without the optional ones: those are native binaries for bundling, which is done already.
    args: ['-y', 'pnpm@12', 'install', '--prod', '--frozen-lockfile', '--no-optional', '--ignore-scripts',
      '--ignore-workspace', '--config.node-linker=hoisted'], // prettier-ignore
    cwd: folder,
    env: { ...toolEnvironment(site.env), CI: 'true' },
    doing: 'installing what the worker needs',
    code: 'CHAOS_WORKER_DEPENDENCY',
  })
  await dropOtherPlatforms(join(folder, 'node_modules/@temporalio/core-bridge/releases'))
}

async function dropOtherPlatforms(releases: string): Promise<void> {
  const own = `${platformOf()?.arch === 'arm64' ? 'aarch64' : 'x86_64'}-unknown-linux-gnu`
  for (const name of await readdir(releases)) {
    if (name !== own) await rm(join(releases, name), { recursive: true })
  }
}

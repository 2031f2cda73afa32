// Locations of the files outside of harness/ that the harness uses: demonstration, images, pinned server. No
// other module knows a path outside of harness/. The package has the same folders as the checkout, compiled, in dist/.
import { fileURLToPath } from 'node:url'

/** Whether this is the built package, in which Node runs no TypeScript, and not a checkout. */
export const isPackage = import.meta.url.endsWith('.js')

function beside(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url))
}

/** @param path of a module, without its ending */
function module(path: string): string {
  return beside(`${path}.${isPackage ? 'js' : 'ts'}`)
}

/** A file that is not compiled. */
function inRoot(path: string): string {
  return beside(isPackage ? `../${path}` : path)
}

export const assets = {
  /** The folder of the whole project, with a separator at its end. */
  checkout: inRoot(''),
  packageFile: inRoot('package.json'),
  scenarios: beside('scenarios'),
  /** Twins that are broken on purpose. */
  controls: beside('controls'),
  /** The workflows and the worker of controls. */
  controlWorkflows: module('controls/workflows/index'),
  controlWorker: module('controls/shared/worker'),
  workflows: module('workflows/index'),
  /** The demonstration's worker: a Node program. */
  nodeWorker: module('fixtures/worker'),
  /** The Go module that pins the Temporal server. */
  goModule: inRoot('docker/temporal'),
} as const

/** What a worker's image contains and what decides how it is built, as paths in the checkout. */
export const workerImageFiles = {
  code: {
    files: [
      'fixtures/activities.ts',
      'fixtures/run-worker.ts',
      'fixtures/worker.ts',
      'harness/core/probe-contract.ts',
      'harness/worker/worker-variables.ts',
    ],
    folder: 'workflows',
  },
  /** Tools for experiments by hand. */
  explore: {
    files: [
      'harness/config/profiles.ts',
      'harness/core/clock.ts',
      'harness/effects/effect-book.ts',
      'harness/effects/ledger.ts',
      'harness/effects/serve.ts',
      'harness/record/effect-payload.ts',
      'harness/record/effect.ts',
      'harness/record/seal.ts',
      'harness/temporal/grpc.ts',
    ],
    folder: 'docker/images/explore',
  },
  build: {
    files: ['docker/images/worker.ts', 'docker/images/lockfile.ts', 'harness/worker/bundle/bundle-child.ts'],
    folder: 'docker/images/worker',
  },
} as const

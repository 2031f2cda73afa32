// Locations of the files outside of harness/ that the harness uses: demonstration, images, pinned server. No
// other module knows a path outside of harness/.
import { fileURLToPath } from 'node:url'

function inCheckout(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url))
}

export const assets = {
  /** The folder of the whole project, with a separator at its end. */
  checkout: inCheckout(''),
  packageFile: inCheckout('package.json'),
  scenarios: inCheckout('scenarios'),
  /** Twins that are broken on purpose. */
  controls: inCheckout('controls'),
  /** The workflows and the worker of controls. */
  controlWorkflows: inCheckout('controls/workflows/index.ts'),
  controlWorker: inCheckout('controls/shared/worker.ts'),
  workflows: inCheckout('workflows/index.ts'),
  /** The demonstration's worker: a Node program. */
  nodeWorker: inCheckout('fixtures/worker.ts'),
  /** The Go module that pins the Temporal server. */
  goModule: inCheckout('docker/temporal'),
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

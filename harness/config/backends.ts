// The backends that provide a cluster. What each of them cannot do is known before anything starts.

/**
 * What a scenario may need of a cluster beyond serving clients: `services` that can be killed, stopped, paused and started;
 * to `disconnect` one; to look into the `database`; the services' `logs`; a `container-network` for workers; `kept-state`, what
 * the server has stored is there after a kill.
 */
export const capabilities = [
  'services',
  'disconnect',
  'database',
  'logs',
  'container-network',
  'kept-state',
] as const
export type Capability = (typeof capabilities)[number]

interface Backend {
  /**
   * Why the backend lacks a capability, in words that follow "skipped: ". It has every capability not listed
   * here.
   */
  readonly lacks: Partial<Readonly<Record<Capability, string>>>
  /** The description in the README's table. */
  readonly meaning: string
}

export const backendNames = ['process', 'docker', 'external', 'dev-server'] as const
export type BackendName = (typeof backendNames)[number]

export const backends: Readonly<Record<BackendName, Backend>> = {
  process: {
    lacks: {
      disconnect: 'local processes have no network of their own to disconnect',
      'container-network': 'local processes are in no network of containers',
    },
    meaning: 'PostgreSQL and Temporal as local processes',
  },
  docker: { lacks: {}, meaning: 'containers of any Docker-compatible engine' },
  external: {
    lacks: {
      services: 'the services of an external cluster are not in the hands of the harness',
      database: 'the harness has no access to the database of an external cluster',
      logs: "the harness has no access to the logs of an external cluster's services",
      'container-network': 'an external cluster is in no network of containers',
    },
    meaning: 'a cluster that runs already, as chaos.config declares it',
  },
  'dev-server': {
    lacks: {
      disconnect: 'local processes have no network of their own to disconnect',
      database: 'the development server is its own database: there is no other one to strike or to look into',
      logs: 'the development server writes no log that the harness reads',
      'container-network': 'local processes are in no network of containers',
      'kept-state':
        'the development server keeps nothing over a kill, unless `cluster.devServer` of your chaos.config says { "keep": true }',
    },
    meaning: 'the development server of Temporal’s CLI, as chaos.config declares it',
  },
}

export const workerPlaces = ['process', 'container'] as const

// What a backend has once its database and its Temporal server serve.
import type { PostgresAccess } from './postgres-access.ts'
import type { ManagedService } from './managed-service.ts'

interface Started extends AsyncDisposable {
  readonly service: ManagedService
  /** As the running program itself says it. */
  readonly version: string
}

export interface StartedDatabase extends Started {
  readonly access: PostgresAccess
}

export interface StartedTemporal extends Started {
  /** `host:port` of the frontend, as programs on this machine reach it. */
  readonly address: string
  readonly namespace: string
}

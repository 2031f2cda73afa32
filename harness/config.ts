// What a chaos.config imports: types that tell an editor each field. It loads nothing of the harness.
import type { ArgumentsFor } from './config/project/workload-schema.ts'
import type { ProjectConfig } from './config/project/schema.ts'

export type { ArgumentsFor, ProjectConfig }

/** Lets an editor check a configuration in TypeScript. */
export function defineConfig(config: ProjectConfig): ProjectConfig {
  return config
}

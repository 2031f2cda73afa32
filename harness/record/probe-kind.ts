// The questions that the harness asks after a heal.
import { z } from 'zod'

/**
 * `query`, `signal` and `update` go to a workflow that waited when the fault struck. `new-workflow` covers a
 * whole workflow.
 */
export const probeKindSchema = z.enum(['query', 'signal', 'update', 'new-workflow'])
export type ProbeKind = z.infer<typeof probeKindSchema>

// Converts records of earlier versions to today's schema, so that they can still be judged.
import { z } from 'zod'
import { ChaosError } from '../core/errors.ts'
import { recordSchemaVersion } from './header.ts'
import { upgradeFault } from './upgrade-fault.ts'

const anyHeaderSchema = z.looseObject({ schema: z.number().int().min(1) })

/** The schema that a header was written with; today's if it does not say, and then it is rejected elsewhere. */
export function schemaOf(header: unknown): number {
  const parsed = anyHeaderSchema.safeParse(header)
  return parsed.success ? parsed.data.schema : recordSchemaVersion
}

/**
 * The header as this version would have written it. Anything that is no header is left for the schema to
 * reject.
 * @param file the file that it came from
 * @throws ChaosError `CHAOS_RECORD_TOO_NEW`
 */
export function upgradeHeader(header: unknown, file: string): unknown {
  const parsed = anyHeaderSchema.safeParse(header)
  if (!parsed.success) return header
  const { schema } = parsed.data
  if (schema <= recordSchemaVersion) return { ...parsed.data, schema: recordSchemaVersion }
  throw new ChaosError(
    `${file} has schema ${schema}, but this version of temporal-chaos reads records up to schema ${recordSchemaVersion}`,
    {
      code: 'CHAOS_RECORD_TOO_NEW',
      hint: 'Judge the record with the version of temporal-chaos that wrote it, or a newer one.',
    },
  )
}

/** The earlier names of the types of the probe workflows. */
const probeWorkflows: Readonly<Record<string, string>> = { errand: 'probeWork', bystander: 'probeTarget' }

/** A line of `timeline.jsonl` as this version would have written it. Lines of this version stay unchanged. */
export function upgradeTimelineEntry(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || !('kind' in entry)) return entry
  const { strike, ...rest } = entry as Readonly<Record<string, unknown>>
  const upgraded = strike === undefined ? rest : { ...rest, faultIndex: strike }
  if (upgraded['kind'] === 'fault' && 'name' in upgraded) return upgradeFault(upgraded)
  if (upgraded['kind'] === 'claim') {
    const { isSo, ...claim } = upgraded
    return { ...claim, kind: 'expectation', expected: true, observed: isSo }
  }
  if (upgraded['kind'] !== 'workflow') return upgraded
  const { workflow, origin } = upgraded
  return {
    ...upgraded,
    workflow: (origin === 'probe' && probeWorkflows[String(workflow)]) || workflow,
    origin: origin === 'story' ? 'scenario' : origin,
  }
}

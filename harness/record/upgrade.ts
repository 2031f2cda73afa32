// Brings the lines of records that earlier versions wrote to today's names, so that old records can still be judged.

/** The types of the probe workflows before they were named for what they do. */
const probeWorkflows: Readonly<Record<string, string>> = { errand: 'probeWork', bystander: 'probeTarget' }

/** A line of `timeline.jsonl` of schema 1 as today's version would have written it. Lines of today stay as they are. */
export function upgradeTimelineEntry(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || !('kind' in entry)) return entry
  const { strike, ...rest } = entry as Readonly<Record<string, unknown>>
  const upgraded = strike === undefined ? rest : { ...rest, faultIndex: strike }
  if (upgraded['kind'] !== 'workflow') return upgraded
  const { workflow, origin } = upgraded
  return {
    ...upgraded,
    workflow: (origin === 'probe' && probeWorkflows[String(workflow)]) || workflow,
    origin: origin === 'story' ? 'scenario' : origin,
  }
}

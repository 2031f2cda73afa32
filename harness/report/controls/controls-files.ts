// What controls leave on disk: `controls.json` for programs, `junit.xml` for CI.
import path from 'node:path'
import { z } from 'zod'
import { brokenParts } from '../../controls/control.ts'
import type { ControlResult } from '../../controls/caught.ts'
import { verdictSchema } from '../../result/campaign-result.ts'
import { writeAtomically } from '../files.ts'
import { renderJson } from '../json/json.ts'
import { renderJunitXml, type JunitCase } from '../junit/junit-xml.ts'

const controlsSchema = z.object({
  startedAt: z.iso.datetime(),
  controls: z.array(
    z.object({
      name: z.string(),
      breaks: z.enum(brokenParts),
      defect: z.string(),
      expected: z.object({
        verdict: verdictSchema,
        check: z.string().nullable(),
        finding: z.string().nullable(),
      }),
      verdict: verdictSchema,
      reason: z.string().nullable(),
      /** Why it was missed; null if it got the expected verdict for the expected reason. */
      missed: z.string().nullable(),
      /** The record's folder, relative to this file's. */
      record: z.string(),
    }),
  ),
})

/** @throws ChaosError `CHAOS_REPORT_INVALID`, or what the disk says */
export async function writeControls(
  folder: string,
  startedAt: string,
  results: readonly ControlResult[],
): Promise<void> {
  const controls = results.map(({ control, run, missed }) => {
    const { name, breaks, defect, expected } = control
    const { verdict, check = null, finding } = expected
    return {
      name,
      breaks,
      defect,
      expected: { verdict, check, finding: finding?.source ?? null },
      verdict: run.verdict,
      reason: run.reason,
      missed,
      record: run.folder,
    }
  })
  const json = renderJson('controls.json', controlsSchema, { startedAt, controls })
  await writeAtomically(path.join(folder, 'controls.json'), json)
  const suite = { name: 'controls', cases: results.map(caseOf) }
  const xml = renderJunitXml('temporal-chaos controls', [suite], new Date(startedAt))
  await writeAtomically(path.join(folder, 'junit.xml'), xml)
}

function caseOf({ control, run, missed }: ControlResult): JunitCase {
  const { name, breaks, defect } = control
  return {
    name,
    className: `controls.${breaks}`,
    durationMs: run.durationMs,
    properties: [['defect', defect]],
    ...(missed === null
      ? {}
      : { trouble: { kind: 'failure' as const, message: missed, type: 'missed', body: run.folder } }),
  }
}

// What a project adds to the judging of all its runs: checks, and the observations that these read.
import { askedCheck, defaultChecks, isCheck, optionalChecks } from '../../checks/catalogue.ts'
import type { Check } from '../../checks/check.ts'
import type { Project } from '../../config/project/project.ts'
import { UsageError } from '../../core/errors.ts'
import { unknownName } from '../../core/known-names.ts'
import type { Observation } from '../../observations/observation.ts'
import { isObservation } from '../scenario.ts'
import { filesOf, loadOwn, type FileKind } from './files.ts'

export interface Judging {
  readonly checks: readonly Check[]
  readonly observations: readonly Observation[]
}

export const nothingBesides: Judging = { checks: [], observations: [] }

const checkFiles: FileKind = {
  field: 'checks',
  what: 'a check',
  hint: 'Export an object with `name` in kebab-case, `promise` and `judge` (see docs/checks.md).',
  code: 'CHAOS_CHECK_UNREADABLE',
}

const observationFiles: FileKind = {
  field: 'observations',
  what: 'an observation',
  hint: 'Export an object with `kind`, `available` and `observe`.',
  code: 'CHAOS_OBSERVATION_UNREADABLE',
}

type Declared = Pick<Project, 'file' | 'folder' | 'checks' | 'observations'>

/**
 * @throws UsageError `CHAOS_CHECK_UNREADABLE`, `CHAOS_OBSERVATION_UNREADABLE`, `CHAOS_UNKNOWN_CHECK`,
 *   `CHAOS_CHECK_DUPLICATE`
 */
export async function loadJudging(project: Declared): Promise<Judging> {
  const checks: { readonly check: Check; readonly from: string }[] = []
  for (const asked of project.checks) {
    if (!isPath(asked)) {
      checks.push({ check: optionalNamed(asked), from: `"checks" of ${project.file}` })
      continue
    }
    for (const file of await filesOf(project, [asked], checkFiles)) {
      checks.push({ check: await loadOwn(file, checkFiles, isCheck), from: file })
    }
  }
  assertDistinct(checks)
  const files = await filesOf(project, project.observations, observationFiles)
  const observations: Observation[] = []
  for (const file of files) observations.push(await loadOwn(file, observationFiles, isObservation))
  return { checks: checks.map(({ check }) => check), observations }
}

/** A name in kebab-case has neither a dot nor a slash. */
function isPath(asked: string): boolean {
  return /[./*]/.test(asked)
}

function optionalNamed(name: string): Check {
  const found = askedCheck(name)
  if (found !== undefined) return found
  const known = optionalChecks.map((check) => check.name)
  throw unknownName(name, known, { what: 'optional check', code: 'CHAOS_UNKNOWN_CHECK' })
}

function assertDistinct(checks: readonly { readonly check: Check; readonly from: string }[]): void {
  const seen = new Map(defaultChecks.map(({ name }) => [name, 'the harness']))
  for (const { check, from } of checks) {
    const other = seen.get(check.name)
    if (other !== undefined) {
      throw new UsageError(
        `the check ${check.name} of ${from} has the name of one of ${other}`,
        'Give each check a name of its own.',
        'CHAOS_CHECK_DUPLICATE',
      )
    }
    seen.set(check.name, from)
  }
}

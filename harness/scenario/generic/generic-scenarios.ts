// The scenarios that every workload gets: each fault at each moment that the workload was seen to have.
import type { Project } from '../../config/project/project.ts'
import type { ProjectWorkload } from '../../config/project/workload-schema.ts'
import { UsageError } from '../../core/errors.ts'
import { nothingBesides, type Judging } from '../own/judging.ts'
import { defineScenario, withJudging, type Scenario } from '../scenario.ts'
import { commonFields } from './common-fields.ts'
import { shortestMs, type Explored } from './explored.ts'
import { genericFaults } from './faults.ts'
import { nameOf } from './messages.ts'
import { play, playTwice, type Generic } from './play.ts'

/** Starts a workload twice, one after the other, and injects nothing. */
export function exploringScenario(project: Project, name: string): Scenario {
  const declared = workloadIn(project, name)
  return defineScenario({
    ...commonFields(project, []),
    version: project.version,
    deadlineMs: declared.deadlineMs,
    name: `${name}/explore`,
    promise: `${name} is seen twice without faults.`,
    suites: [],
    run: (context) => playTwice(context, name, declared),
  })
}

/** Starts the workers, and nothing else. */
export function idleScenario(project: Project): Scenario {
  return defineScenario({
    ...commonFields(project, []),
    name: 'check',
    promise: 'The workers come to serve.',
    suites: [],
    run: async () => {},
  })
}

/**
 * All of a workload, the most telling ones first.
 * @param explored what was seen of it
 * @param judging what the project adds to their judging
 */
export function genericScenarios(
  project: Project,
  name: string,
  explored: Explored,
  judging: Judging = nothingBesides,
): Scenario[] {
  const declared = workloadIn(project, name)
  const moments = momentsFor(declared, explored)
  const faults = genericFaults(project.workers)
  return faults.flatMap((fault) =>
    moments
      // Before the work begins nothing is owed to anybody that a service could lose.
      .filter((at) => at !== 'start' || fault.serviceIsUp)
      .map((at) => withJudging(scenarioOf(project, { name, declared, explored, fault, at }), judging)),
  )
}

/**
 * The moments to inject at: those that last, and before each message. A moment at which a message is due is the
 * message's: how long it lasts depends on the message alone, and so would its name.
 */
export function momentsFor({ messages }: ProjectWorkload, { moments }: Pick<Explored, 'moments'>): string[] {
  const places = new Set(messages.map(({ at }) => (typeof at === 'string' ? nameOf(at) : '')))
  const lasting = moments.filter(({ name, lastsMs }) => lastsMs >= shortestMs && !places.has(name))
  return ['start', ...lasting.map(({ name }) => name), ...messages.map((_, index) => `message-${index + 1}`)]
}

function scenarioOf(project: Project, generic: Generic): Scenario {
  const { name, declared, explored, fault, at } = generic
  const budgetMs = Math.max(project.budgetMs, fault.leastBudgetMs ?? 0)
  return defineScenario({
    ...commonFields(project, [explored]),
    version: project.version,
    deadlineMs: declared.deadlineMs,
    name: `${name}/${fault.name}@${at}`,
    promise: `${name} ends as without faults, although ${fault.happens} ${momentInWords(at, explored)}.`,
    suites: ['smoke', 'gate', 'full'],
    budgetMs,
    ...(fault.worker === null ? { isolation: 'own-cluster' as const } : {}),
    needs: fault.needs.filter((need) => need !== 'kept-state' || !isKept(project)),
    run: (context) => play(context, generic),
  })
}

/** A development server with a file has what others of its kind lack. */
function isKept({ cluster }: Project): boolean {
  return cluster.kind === 'dev-server' && cluster.keep
}

function momentInWords(at: string, { moments }: Explored): string {
  const [kind = '', nth = ''] = at.split('-')
  if (at === 'start') return 'before it begins'
  if (kind === 'message') return `before its message ${nth}`
  const type = moments.find((moment) => moment.name === at)?.of
  return `while ${kind} ${nth}${type === undefined ? '' : ` (${type})`} is open`
}

/** @throws UsageError `CHAOS_UNKNOWN_SCENARIO` */
function workloadIn({ workloads, file }: Project, name: string): ProjectWorkload {
  const found = workloads[name]
  if (found !== undefined) return found
  throw new UsageError(`${file} has no workload ${name}`, undefined, 'CHAOS_UNKNOWN_SCENARIO')
}

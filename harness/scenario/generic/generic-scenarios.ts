// The scenarios that every workload gets: each fault at each moment that the workload was seen to have.
import type { Project } from '../../config/project/project.ts'
import type { ProjectWorkload } from '../../config/project/workload-schema.ts'
import { UsageError } from '../../core/errors.ts'
import type { ScenarioContext } from '../context.ts'
import { defineScenario, type Scenario } from '../scenario.ts'
import { shortestMs, type Explored } from './explored.ts'
import { genericFaults, type GenericFault } from './faults.ts'
import { nameOf, sendMessages } from './messages.ts'
import { momentNamed } from './moments.ts'
import { workloadOf } from './project-workload.ts'

/** Starts a workload's workflow twice, one after the other, and injects nothing. */
export function exploringScenario(project: Project, name: string): Scenario {
  const declared = workloadIn(project, name)
  return defineScenario<string>({
    ...common(project, declared, null),
    name: `${name}/explore`,
    promise: `${name} is seen twice without faults.`,
    suites: [],
    async run(context) {
      for (let turn = 0; turn < 2; turn += 1) {
        const flow = await context.start(workloadOf(declared, null), {}, { taskQueue: declared.taskQueue })
        const sending = context.background(sendMessages(context, flow, declared.messages))
        await flow.completes()
        await sending
      }
    },
  })
}

/** Starts the workers, and nothing else. */
export function idleScenario(project: Project): Scenario {
  return defineScenario<string>({
    ...common(project, { deadlineMs: 60_000 }, null),
    name: 'check',
    promise: 'The workers come to serve.',
    suites: [],
    run: async () => {},
  })
}

/** All of a workload, the most telling ones first. @param explored what was seen of it */
export function genericScenarios(project: Project, name: string, explored: Explored): Scenario[] {
  const declared = workloadIn(project, name)
  const moments = momentsFor(declared, explored)
  const faults = genericFaults(project.workers)
  return faults.flatMap((fault) =>
    moments
      // Before the work begins nothing is owed to anybody that a service could lose.
      .filter((at) => at !== 'start' || fault.serviceIsUp)
      .map((at) => scenarioOf(project, { name, declared, explored, fault, at })),
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

interface Generic {
  readonly name: string
  readonly declared: ProjectWorkload
  readonly explored: Explored
  readonly fault: GenericFault
  readonly at: string
}

function scenarioOf(project: Project, generic: Generic): Scenario {
  const { name, declared, explored, fault, at } = generic
  const budgetMs = Math.max(project.budgetMs, fault.leastBudgetMs ?? 0)
  return defineScenario<string>({
    ...common(project, declared, explored),
    name: `${name}/${fault.name}@${at}`,
    promise: `${name} ends as without faults, although ${fault.happens} ${momentInWords(at, explored)}.`,
    suites: ['smoke', 'gate', 'full'],
    budgetMs,
    ...(fault.worker === null ? { isolation: 'own-cluster' as const } : {}),
    run: (context) => play(context, generic),
  })
}

async function play(context: ScenarioContext, { declared, explored, fault, at }: Generic): Promise<void> {
  if (at === 'start') await fault.inject(context)
  const flow = await context.start(workloadOf(declared, explored), {}, { taskQueue: declared.taskQueue })
  const injected = Promise.withResolvers<void>()
  if (at === 'start') injected.resolve()
  const due = declared.messages.findIndex((_, index) => at === `message-${index + 1}`)
  const arrived = Promise.withResolvers<void>()
  const sent = Promise.withResolvers<void>()
  const sending = context.background(
    sendMessages(context, flow, declared.messages, {
      async before(index) {
        if (index !== due) return
        arrived.resolve()
        await injected.promise
      },
      onAnswered(index) {
        if (index === due) sent.resolve()
      },
    }).finally(sent.resolve),
  )
  if (at !== 'start') {
    // A message's turn comes once those before it are answered, which may need the worker.
    await (due === -1 ? context.reach(momentNamed(at, flow)) : Promise.race([arrived.promise, sending]))
    await fault.inject(context)
    injected.resolve()
  }
  // A signal is taken by the service; an update waits for the worker.
  if (fault.serviceIsUp && declared.messages[due]?.signal !== undefined) await sent.promise
  await fault.heal(context)
  await sending
  await flow.completes()
}

function momentInWords(at: string, { moments }: Explored): string {
  const [kind = '', nth = ''] = at.split('-')
  if (at === 'start') return 'before it begins'
  if (kind === 'message') return `before its message ${nth}`
  const type = moments.find((moment) => moment.name === at)?.of
  return `while ${kind} ${nth}${type === undefined ? '' : ` (${type})`} is open`
}

function common(
  project: Project,
  { deadlineMs }: Pick<ProjectWorkload, 'deadlineMs'>,
  explored: Explored | null,
) {
  return {
    version: project.version,
    // Only one run goes on at a time: a cluster of its own is for those that strike its services.
    isolation: 'shared' as const,
    probes: false,
    deadlineMs,
    failingAttempts: explored?.failing ?? [],
    activityWaitsMs: explored?.activityWaitsMs ?? {},
    workers: Object.fromEntries(
      Object.entries(project.workers).map(([worker, { taskQueues }]) => {
        const seen = explored?.queues[worker] ?? []
        const ownQueues = taskQueues.map((queue) => {
          return { name: queue, polls: seen.find((one) => one.name === queue)?.polls ?? [] }
        })
        return [worker, { ownQueues }]
      }),
    ),
  }
}

/** @throws UsageError `CHAOS_UNKNOWN_SCENARIO` */
function workloadIn({ workloads, file }: Project, name: string): ProjectWorkload {
  const found = workloads[name]
  if (found !== undefined) return found
  throw new UsageError(`${file} has no workload ${name}`, undefined, 'CHAOS_UNKNOWN_SCENARIO')
}

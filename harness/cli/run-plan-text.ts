// The plan of one run in words.
import { formatDuration } from '../core/duration.ts'
import { faultLabel } from '../record/fault.ts'
import type { ChoiceOptions } from '../record/timeline/scenario.ts'
import type { Plan } from '../scenario/plan-file.ts'

/** @param steps what the scenario does, a call a line */
export function describeRunPlan(plan: Plan, steps: readonly string[]): string {
  const { scenario, run, promise, campaignSeed, runSeed, profile, backend, budgetMs } = plan
  const head = [
    `${scenario} #${run}: ${promise}`,
    `campaign seed ${campaignSeed}, run seed ${runSeed}, profile ${profile}, backend ${backend}, recovery within ${formatDuration(budgetMs)}`,
  ]
  const parts = [
    head.join('\n'),
    block('choices', describeChoices(plan)),
    block('steps', numbered(steps)),
    block('faults', describeFaults(plan)),
    plan.incomplete === null ? '' : `The plan ends here. ${plan.incomplete}`,
    'Nothing was started.',
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function block(title: string, lines: readonly string[]): string {
  return [title, ...(lines.length === 0 ? ['none'] : lines).map((line) => `  ${line}`)].join('\n')
}

function describeChoices({ choices }: Plan): string[] {
  return Object.entries(choices).map(
    ([name, { value, options }]) => `${name}: ${value} (of ${describeOptions(options)})`,
  )
}

/** `early, late`; `2 to 12` */
function describeOptions(options: ChoiceOptions): string {
  return 'min' in options ? `${options.min} to ${options.max}` : options.join(', ')
}

function describeFaults({ faults }: Plan): string[] {
  return faults.flatMap((fault) => [
    `${faultLabel(fault)} (${fault.effect}) ${fault.after.length === 0 ? 'at once' : 'once these moments have come:'}`,
    ...fault.after.map((moment) => `  ${moment}`),
  ])
}

function numbered(steps: readonly string[]): string[] {
  const width = String(steps.length).length
  return steps.map((step, index) => `${String(index + 1).padStart(width)} ${step}`)
}

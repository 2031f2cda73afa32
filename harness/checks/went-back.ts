// Whether the answer to a query went back, by the rule that its workload declares.
import { shortened } from '../core/shortened.ts'
import type { AnswerRule } from '../record/answer-rule.ts'

/**
 * How the later answer goes back behind the earlier one, as part of a sentence; undefined if it does not.
 * @param where the path of the value within the answer
 */
export function wentBack(
  rule: AnswerRule,
  earlier: unknown,
  later: unknown,
  where = 'the answer',
): string | undefined {
  if (rule === 'free') return undefined
  const change = `${where} went from ${shown(earlier)} to ${shown(later)}`
  if (Array.isArray(rule)) return rankOf(later, rule) < rankOf(earlier, rule, later) ? change : undefined
  if (typeof earlier === 'number' && typeof later === 'number') return later < earlier ? change : undefined
  if (Array.isArray(earlier) && Array.isArray(later)) {
    return later.length < earlier.length
      ? `${where} went from ${earlier.length} to ${later.length} elements`
      : undefined
  }
  if (!isObject(earlier) || !isObject(later)) return undefined
  const rules: Readonly<Record<string, AnswerRule>> = isObject(rule) ? rule : {}
  for (const [field, value] of Object.entries(earlier)) {
    const back = wentBack(rules[field] ?? 'grows', value, later[field], `${where}.${field}`)
    if (back !== undefined) return back
  }
  return undefined
}

/** Tells of a text in the answer that is no declared stage, as part of a sentence; undefined if there is none. */
export function undeclaredStage(rule: AnswerRule, answer: unknown, where = 'the answer'): string | undefined {
  if (Array.isArray(rule)) {
    const isKnown = typeof answer !== 'string' || rankOf(answer, rule) >= 0
    return isKnown ? undefined : `${where} is ${shown(answer)}, which is no stage that its workload declares`
  }
  if (!isObject(rule) || !isObject(answer)) return undefined
  const rules: Readonly<Record<string, AnswerRule>> = rule
  return Object.entries(rules)
    .map(([field, inner]) => undeclaredStage(inner, answer[field], `${where}.${field}`))
    .find((found) => found !== undefined)
}

type Stages = readonly (string | readonly string[])[]

/** Alternatives of one stage exclude each other, so a change from one to the other counts as a step back. */
function rankOf(value: unknown, stages: Stages, next?: unknown): number {
  const at = stages.findIndex((stage) => stage === value || (Array.isArray(stage) && stage.includes(value)))
  const isExchanged =
    next !== undefined && next !== value && Array.isArray(stages[at]) && stages[at].includes(next)
  return isExchanged ? at + 1 : at
}

function isObject<T>(value: T): value is T & Record<string, never> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  return shortened(JSON.stringify(value) ?? 'nothing', 120)
}

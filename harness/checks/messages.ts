// Every accepted signal and update must be in the workflow's history exactly once and in its sender's order,
// and must take effect in that order.
import { wasAccepted, type Message } from '../analysis/messages.ts'
import type { RunRecord } from '../record/record.ts'
import type { WorkflowChain } from '../analysis/workflow-chain.ts'
import { checkedIf, findings, notChecked, type Check } from './check.ts'
import { messageIdOf } from '../history/message-id.ts'
import { keyOf } from '../record/expected-effect.ts'

export const messages: Check = {
  name: 'messages',
  promise: 'Every accepted signal and update takes effect exactly once and in order.',
  about: ['messages'],
  judge({ record, chains, messages }) {
    if (messages.length === 0) return notChecked('no message was sent')
    const chainOf = new Map(chains.map((chain) => [chain.root.runId, chain]))
    const series = [...Map.groupBy(messages, ({ runId }) => runId)].flatMap(([runId, sent]) => {
      const chain = chainOf.get(runId)
      // Without a history nothing is known; the check `completed` says so.
      if (chain === undefined || chain.histories.every((events) => events.length === 0)) return []
      return [{ chain, sent }]
    })
    const found = series.flatMap(({ chain, sent }) => [
      ...inHistory(sent, chain),
      ...takenInOrder(sent, record),
    ])
    return checkedIf(series, findings('safety', found), 'no history could be read')
  },
}

/** The position in the chain's histories at which each message was recorded. */
function inHistory(sent: readonly Message[], { histories, workflowId }: WorkflowChain): string[] {
  const places = Map.groupBy(
    histories.flat().flatMap((event, place) => {
      const messageId = messageIdOf(event)
      return messageId === undefined ? [] : [{ messageId, place }]
    }),
    ({ messageId }) => messageId,
  )
  const wrongly = sent.flatMap((message) => {
    const times = places.get(message.messageId)?.length ?? 0
    const what = `${describe(message)} to ${workflowId}`
    if (times > 1) return [`duplicated: ${what} is in the history ${times} times`]
    if (times === 0 && wasAccepted(message) === true)
      return [`lost: ${what} was accepted and is not in the history`]
    return []
  })
  const disorder = bySender(sent).flatMap((series) =>
    outOfOrder(series, (message) => places.get(message.messageId)?.[0]?.place).map(
      ([early, late]) =>
        `reordered: ${describe(late)} to ${workflowId} was recorded before ${describe(early)}`,
    ),
  )
  return [...wrongly, ...disorder]
}

/** The ledger numbers effects in the order of acceptance. */
function takenInOrder(sent: readonly Message[], { effects }: RunRecord): string[] {
  const accepted = new Map(
    effects.flatMap(({ outcome, key, sequence }) => (outcome === 'new' ? [[key, sequence] as const] : [])),
  )
  return bySender(sent).flatMap((series) =>
    outOfOrder(series, (message) => {
      const [first] = message.effects
      return first === undefined ? undefined : accepted.get(keyOf(first))
    }).map(([early, late]) => `reordered: ${describe(late)} took effect before ${describe(early)}`),
  )
}

/** Messages of one kind and sender, in the order of sending. Temporal promises no order between kinds. */
function bySender(sent: readonly Message[]): Message[][] {
  return [...Map.groupBy(sent, ({ sender, what }) => `${what} ${sender}`).values()]
}

/** Neighbours in the wrong order; messages without a position are left out. */
function outOfOrder(
  series: readonly Message[],
  placeOf: (message: Message) => number | undefined,
): [Message, Message][] {
  const placed = series.flatMap((message) => {
    const place = placeOf(message)
    return place === undefined ? [] : [{ message, place }]
  })
  return placed.flatMap(({ message, place }, index) => {
    const next = placed[index + 1]
    return next !== undefined && next.place < place ? [[message, next.message] as [Message, Message]] : []
  })
}

function describe({ what, name: of, sender, number }: Message): string {
  return `${what} ${of} #${number} of ${sender}`
}

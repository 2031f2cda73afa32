import { describe, expect, test } from 'vitest'
import { selectScenarios } from './load.ts'
import { defineScenario } from './scenario.ts'

const story = async () => {}
const kill = defineScenario({ name: 'kill-worker-mid-sleep', promise: 'It wakes.', story })
const restart = defineScenario({ name: 'restart-server', promise: 'It goes on.', strikes: 'stack', story })

describe('selectScenarios', () => {
  test('takes all where none is named, and each once in the order of the list', () => {
    expect(selectScenarios([kill, restart], [])).toEqual([kill, restart])
    expect(
      selectScenarios([kill, restart], ['restart-server', 'kill-worker-mid-sleep', 'restart-server']),
    ).toEqual([kill, restart])
  })

  test('offers the nearest name for one that is not there', () => {
    expect(() => selectScenarios([kill, restart], ['kill-worker-mid-slep'])).toThrow(
      expect.objectContaining({
        code: 'CHAOS_UNKNOWN_SCENARIO',
        hint: 'Did you mean kill-worker-mid-sleep?',
      }),
    )
    expect(() => selectScenarios([kill, restart], ['xyz'])).toThrow(
      expect.objectContaining({ hint: 'See `pnpm chaos list`.' }),
    )
  })
})

describe('defineScenario', () => {
  test('fills in what a story leaves open', () => {
    expect(kill).toMatchObject({ strikes: 'worker', budgetMs: 5_000, deadlineMs: 60_000 })
  })

  test.each([
    [{ name: 'Kill Worker', promise: 'x', story }, 'kebab-case'],
    [{ name: 'kill', promise: '', story }, 'a sentence'],
    [{ name: 'kill', promise: 'x', budgetMs: -1, story }, 'budgetMs'],
  ])('refuses %j', (definition, message) => {
    expect(() => defineScenario(definition)).toThrow(message)
  })
})

import { expect, test } from 'vitest'
import { settingProfiles as profileNames } from '../config/profiles.ts'
import { parseProfiles } from './compare.ts'

test('profiles in the order in which they were named, each once', () => {
  expect(parseProfiles('tuned, sdk-defaults,tuned')).toEqual(['tuned', 'sdk-defaults'])
})

test.each([
  ['sdk-defaults,tund', '"tund"', 'Did you mean tuned?'],
  ['fast', '"fast"', `There are ${profileNames.join(', ')}.`],
  ['', '""', `There are ${profileNames.join(', ')}.`],
  ['tuned,', '""', `There are ${profileNames.join(', ')}.`],
])('refuses %j', (text, named, hint) => {
  expect(() => parseProfiles(text)).toThrow(
    expect.objectContaining({
      code: 'CHAOS_UNKNOWN_PROFILE',
      kind: 'usage',
      message: `there is no profile ${named}`,
      hint,
    }),
  )
})

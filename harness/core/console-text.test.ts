import { expect, test } from 'vitest'
import { consoleText, consoleTexts, longestText } from './console-text.ts'

test.each([
  ['colours', '\u001B[31mred\u001B[0m', 'red'],
  ['a link', '\u001B]8;;http://x\u0007link\u001B]8;;\u0007', 'link'],
  ['a sequence that clears the screen', 'a\u001B[2J\u001B[Hb', 'ab'],
  ['a lone escape character at the end', 'a\u001B', 'a\uFFFD'],
  ['a bell, NUL and backspace', 'a\u0007b\u0000c\bd', 'a\uFFFDb\uFFFDc\uFFFDd'],
  ['a control character of eight bits', 'a\u009Bb\u0085c', 'a\uFFFDb\uFFFDc'],
  ['a carriage return that would overwrite the line', 'fail\rpass', 'fail\npass'],
  ['line breaks of Windows, and tabs', 'a\r\n\tb', 'a\n\tb'],
  ['text that turns its direction', 'a\u202Eb\u2066c', 'a\uFFFDb\uFFFDc'],
  ['half of a pair', 'a\uD800b', 'a\uFFFDb'],
  ['letters of any script', 'Größe 大きさ \u{1F525}', 'Größe 大きさ \u{1F525}'],
  ['a command for GitHub', '::error::no', ': :error::no'],
  ['a command on a later, indented line', 'a\n  ::set-env name=PATH::x', 'a\n  : :set-env name=PATH::x'],
  ['a command behind an escape sequence', '\u001B[0m::stop-commands::x', ': :stop-commands::x'],
  ['a command behind a carriage return', 'a\r::error::no', 'a\n: :error::no'],
  ['older commands anywhere', 'a ##[error]b ##vso[task.complete]c ##teamcity[x]', 'a # #[error]b # #vso[task.complete]c # #teamcity[x]'], // prettier-ignore
  ['a section of GitLab', 'section_start:1:x', 'section start:1:x'],
  ['colons in a sentence', 'std::vector is fine', 'std::vector is fine'],
])('%s', (_what, text, shown) => {
  expect(consoleText(text)).toBe(shown)
})

test('a long text is cut, with the number of characters that are left out', () => {
  expect(consoleText('x'.repeat(longestText))).toBe('x'.repeat(longestText))
  expect(consoleText('x'.repeat(1_000_000))).toBe(`${'x'.repeat(longestText)}… (998000 more characters)`)
})

test('every text of a value is made safe, and nothing else is changed', () => {
  const value = { reason: 'a\u0007', runs: [{ 'na\u0007me': '::x', ms: 1, cause: null, is: true }] }
  expect(consoleTexts(value)).toEqual({
    reason: 'a\uFFFD',
    runs: [{ 'na\uFFFDme': ': :x', ms: 1, cause: null, is: true }],
  })
})

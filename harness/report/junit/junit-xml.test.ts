import { readFile } from 'node:fs/promises'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { expect, test } from 'vitest'
import { renderJunitXml, type JunitCase, type JunitSuite } from './junit-xml.ts'

const schema = await readFile(new URL('../../../test/support/junit.xsd', import.meta.url), 'utf8')

/**
 * Renders a report and validates it against the schema with libxml2. The returned function evaluates XPath on
 * it.
 */
function render(suites: readonly JunitSuite[]): (xpath: string) => unknown {
  const xml = renderJunitXml('all', suites, new Date('2026-11-21T10:00:00.000Z'))
  using xsd = XmlDocument.fromString(schema)
  using validator = XsdValidator.fromDoc(xsd)
  using report = XmlDocument.fromString(xml)
  validator.validate(report)
  return (xpath) => {
    using again = XmlDocument.fromString(xml)
    return again.eval(xpath)
  }
}

const passed: JunitCase = { name: 'one', className: 'a', durationMs: 1_500 }

/** A report with `text` in every place that can hold text. */
function everywhere(text: string): (xpath: string) => unknown {
  const properties = [[text, text]] as const
  const texts = { name: text, className: text, durationMs: 0, properties }
  const cases: JunitCase[] = [
    { ...texts, trouble: { kind: 'failure', message: text, type: text, body: text } },
    { ...texts, trouble: { kind: 'error', message: text, type: text, body: text } },
    { ...texts, trouble: { kind: 'skipped', message: text } },
  ]
  return render([{ name: text, properties, cases }])
}

test('a suite and the whole report count their cases and add up their times', () => {
  const failed: JunitCase = { ...passed, trouble: { kind: 'failure', message: 'no', type: 'check' } }
  const xpath = render([
    { name: 'a', cases: [passed, failed] },
    { name: 'b', cases: [{ ...passed, trouble: { kind: 'skipped', message: 'not here' } }] },
  ])
  const counted = (path: string) =>
    ['tests', 'failures', 'errors', 'skipped', 'time'].map((name) => xpath(`string(${path}/@${name})`))
  expect(counted('/testsuites')).toEqual(['3', '1', '0', '1', '4.5'])
  expect(counted('/testsuites/testsuite[@name="a"]')).toEqual(['2', '1', '0', '0', '3'])
  expect(xpath('string(//testsuite[@name="b"]/@timestamp)')).toBe('2026-11-21T10:00:00')
})

test('a report without suites is valid', () => {
  expect(render([])('string(/testsuites/@tests)')).toBe('0')
})

test.each([
  ['markup', '<a b="c">&amp; <!-- --> </failure>', '<a b="c">&amp; <!-- --> </failure>'],
  ['the end of a CDATA section', ']]> and ]]>]]>', ']]> and ]]>]]>'],
  ['a forbidden character within the end of a CDATA section', 'a]\u0000]\u0001>b', 'a]\uFFFD]\uFFFD>b'],
  ['no text at all', '', ''],
  ['quotes', `it's "quoted"`, `it's "quoted"`],
  [
    'colours of a terminal',
    '\u001B[31mred\u001B[0m \u001B]8;;http://x\u0007link\u001B]8;;\u0007',
    'red link',
  ],
  ['NUL and other control characters', 'a\u0000b\u0008c\u001Fd', 'a\uFFFDb\uFFFDc\uFFFDd'],
  ['code points that are no characters', '\uFFFE \uFFFF', '\uFFFD \uFFFD'],
  ['halves of a surrogate pair', 'a\uD800b \uDC00', 'a\uFFFDb \uFFFD'],
  ['whole pairs', '\u{1F525} \u{10FFFF}', '\u{1F525} \u{10FFFF}'],
  ['letters of any script', 'Größe 大きさ \u0085\u2028', 'Größe 大きさ \u0085\u2028'],
])('%s may be anywhere', (_what, text, read) => {
  const xpath = everywhere(text)
  const attributes = ['name', 'classname'].map((name) => xpath(`string(//testcase/@${name})`))
  expect(attributes).toEqual([read, read])
  for (const kind of ['failure', 'error', 'skipped']) expect(xpath(`string(//${kind}/@message)`)).toBe(read)
  for (const kind of ['failure', 'error']) expect(xpath(`string(//${kind})`)).toBe(read)
  expect(xpath('string(//testsuite/properties/property/@value)')).toBe(read)
})

test('a body keeps its lines, a message becomes one line', () => {
  const xpath = everywhere('first\r\n  second\nthird')
  expect(xpath('string(//failure)')).toBe('first\n  second\nthird')
  expect(xpath('string(//failure/@message)')).toBe('first second third')
})

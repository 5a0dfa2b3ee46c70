import { describe, expect, it } from 'vitest'
import { lineOf, lineOfSyntaxError, pathOfPointer } from '../src/json-line.ts'

const text = `{
  "name": "a \\" } ]",
  "list": [
    { "code": 1 },
    { "code": 2,
      "deep": { "x~/y": null } }
  ]
}`

describe('where something stands in a JSON text', () => {
  it.each([
    [[], 1],
    [['name'], 2],
    [['list'], 3],
    [['list', 1], 5],
    [['list', '1', 'code'], 5],
    [['list', 1, 'deep', 'x~/y'], 6],
    [['list', 1, 'missing'], 5],
    [['nothing', 'below'], 1],
  ] as const)('%j is on line %i', (path, line) => expect(lineOf(text, path)).toBe(line))

  it('reads pointers', () =>
    expect(pathOfPointer('/list/1/deep/x~0~1y')).toEqual(['list', '1', 'deep', 'x~/y']))

  it.each([
    ['a comma too many', '{\n"a": [1,\n,2]}', 3],
    ['a missing comma', '{\n"a": 1\n"b": 2}', 3],
    ['a key without quotes', '{\n\na: 1}', 3],
    ['a missing colon', '{"a"\n1}', 2],
    ['no end', '{"a": [1,\n2', 2],
    ['a bad word', '[true,\nnope]', 2],
    ['a trailing comma', '[1,\n2,\n]', 3],
    ['something behind', '{}\n\nx', 3],
    ['nothing at all', '', 1],
  ])('%s', (_, wrong, line) => {
    expect(() => JSON.parse(wrong)).toThrow()
    expect(lineOfSyntaxError(wrong)).toBe(line)
  })
})

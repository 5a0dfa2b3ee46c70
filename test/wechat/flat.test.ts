import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { flatFields } from '../../src/wechat/flat.ts'

/** The quick reader says what the parser says, or nothing. */
const parser = new XMLParser({
  ...{ parseTagValue: false, processEntities: false, trimValues: false, ignoreAttributes: true },
})
const parsed = (xml: string) => parser.parse(xml).xml as Record<string, string>

const name = fc.constantFrom(
  'ToUserName',
  'FromUserName',
  'CreateTime',
  'MsgType',
  'Content',
  'MsgId',
  'Event',
)
const words = fc.string({ unit: fc.constantFrom('a', '回', ' ', '\n', '<', '>', '&', ']', '"', '😀', '0') })
const tag = fc.record({ name, words, section: fc.boolean(), gap: fc.constantFrom('', '\n', '  ') })

describe('flatFields', () => {
  it('reads a flat push as the parser does', () => {
    fc.assert(
      fc.property(fc.uniqueArray(tag, { selector: one => one.name, minLength: 1 }), tags => {
        const inside = tags.map(one => {
          const clear = one.words.replace(/[<>&\s]/g, '') || '1'
          const body = one.section ? `<![CDATA[${one.words.replaceAll(']]>', '')}x]]>` : clear
          return `${one.gap}<${one.name}>${body}</${one.name}>`
        })
        const xml = `<xml>${inside.join('')}\n</xml>`
        expect(flatFields(xml)).toEqual(
          Object.fromEntries(tags.map(one => [one.name, parsed(xml)[one.name]])),
        )
      }),
    )
  })

  it.each([
    ['an entity', '<xml><Content>&amp;</Content></xml>'],
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><xml><Content>a</Content></xml>'],
    ['a split section', '<xml><Content><![CDATA[a]]]]><![CDATA[>b]]></Content></xml>'],
    ['a tag twice', '<xml><A>1</A><A>2</A></xml>'],
    ['a nested tag', '<xml><A><B>1</B></A></xml>'],
    ['an attribute', '<xml><A b="1">1</A></xml>'],
    ['a cut end', '<xml><A>1</A>'],
    ['something after the end', '<xml><A>1</A></xml><xml></xml>'],
    ['a comment', '<xml><!-- a --><A>1</A></xml>'],
    ['too many tags', `<xml>${Array.from({ length: 61 }, (_, n) => `<A${n}>1</A${n}>`).join('')}</xml>`],
    ['an inherited name', '<xml><constructor>1</constructor></xml>'],
    ['no push', '{"a":1}'],
  ])('leaves %s to the parser', (_, xml) => expect(flatFields(xml)).toBeNull())
})

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadDistrict } from '../../src/district.ts'
import { districtFolder, wordFiles } from '../../src/load.ts'
import { type AgreementPaper, agreementDocx, courtDocx, sayer } from '../../src/papers/agreement.ts'
import { makeWords } from '../../src/words.ts'
import { partsOf } from './zip.ts'

const say = sayer(makeWords(wordFiles(), loadDistrict(districtFolder('hongshan')).zone), 'zh-CN')
const PAPER: AgreementPaper = {
  no: 'HS-P01-2026-0001',
  date: '2026-11-09T01:30:00.000Z',
  place: '红山区',
  parties: [
    { side: 'applicant', name: '王小明' },
    { side: 'other', name: '红山物业 <公司> & 合伙' },
  ],
  facts: '三年没有公布公共收益',
  dispute: '公共收益的数额',
  responsibility: '物业公司应当公布',
  items: [
    { no: 1, side: 'other', what: '公布明细', by: '2026-11-30', how: '公告栏', where: '红山郡' },
    { no: 2, side: 'applicant', what: '补交物业费', by: '2026-12-10', how: '', where: '' },
  ],
  mediator: '苗和平',
  committee: '红山区物业纠纷人民调解委员会',
  oral: false,
  confirmable: true,
}
const textOf = (xml: string) =>
  xml
    .replace(/<w:tab\/>/g, '\t')
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

test('the agreement holds what the law asks for, and lines to sign', async () => {
  const parts = partsOf(await agreementDocx(PAPER, say))
  expect([...parts.keys()]).toEqual(
    expect.arrayContaining(['[Content_Types].xml', '_rels/.rels', 'word/document.xml', 'word/styles.xml']),
  )
  expect(parts.get('[Content_Types].xml')).toContain('wordprocessingml.document.main+xml')
  expect(
    textOf(parts.get('word/document.xml')!)
      .trim()
      .split('\n')
      .map(line => line.trim()),
  ).toEqual([
    '人民调解协议书',
    '编号：HS-P01-2026-0001',
    '当事人',
    '甲方：王小明',
    '乙方：红山物业 <公司> & 合伙',
    '纠纷主要事实',
    '三年没有公布公共收益',
    '争议事项',
    '公共收益的数额',
    '各方责任',
    '物业公司应当公布',
    '经调解，双方自愿达成如下协议：',
    '1. 乙方：公布明细，2026年11月30日前履行　方式：公告栏　地点：红山郡',
    '2. 甲方：补交物业费，2026年12月10日前履行',
    expect.stringContaining('一式三份'),
    expect.stringContaining('三十日内共同向人民法院申请司法确认'),
    '甲方（签名、盖章或指印）：',
    '乙方（签名、盖章或指印）：',
    '人民调解员（签名）：',
    '人民调解委员会（印章）：',
    '日期：',
  ])
})

test('an oral one is a register, and says nothing of the court', async () => {
  const xml = partsOf(await agreementDocx({ ...PAPER, oral: true, confirmable: false }, say)).get(
    'word/document.xml',
  )!
  expect(textOf(xml)).toContain('人民调解口头协议登记表')
  expect(textOf(xml)).not.toContain('司法确认')
})

test('the joint application names both, the agreement and the court', async () => {
  const text = textOf(partsOf(await courtDocx(PAPER, '红山区', say)).get('word/document.xml')!)
  for (const part of ['司法确认申请书', '致：红山区人民法院', '编号 HS-P01-2026-0001', '没有恶意串通'])
    expect(text).toContain(part)
})

const office = ['soffice', 'libreoffice'].find(name => spawnSync('which', [name]).status === 0)

test.runIf(office)(
  'opens in a word processor',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-docx-'))
    writeFileSync(join(folder, 'a.docx'), await agreementDocx(PAPER, say))
    execFileSync(office!, [
      '--headless',
      '--convert-to',
      'txt:Text',
      '--outdir',
      folder,
      join(folder, 'a.docx'),
    ])
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toContain('人民调解协议书')
  },
  120_000,
)

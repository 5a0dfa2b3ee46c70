import i18next from 'i18next'
import en from '../../locales/en/bot.json' with { type: 'json' }
import enGrid from '../../locales/en/grid.json' with { type: 'json' }
import enHelp from '../../locales/en/help.json' with { type: 'json' }
import zh from '../../locales/zh-CN/bot.json' with { type: 'json' }
import zhGrid from '../../locales/zh-CN/grid.json' with { type: 'json' }
import zhHelp from '../../locales/zh-CN/help.json' with { type: 'json' }
import { emptyTalk, factsWanted, turn } from '../../src/flows/engine.ts'
import type {
  Card,
  Choice,
  Command,
  Facts,
  FileRef,
  Heard,
  OwnCase,
  Say,
  Talk,
  Turn,
  Want,
} from '../../src/flows/talk.ts'
import { book, NOW } from './district.ts'
import { linkedStaff } from './staff.ts'

/**
 * Plays a talk. `> ` is the resident; every other line is what the bot says, in the words of the locale. `[点 2]` taps the
 * second choice last shown, `[点旧 2]` the second choice shown before those, `[改 在哪里]` taps a row of the card,
 * `[照片 3]` sends three pictures, `[位置 42.2,118.9]` a position, `[单位 150402008] …` a unit of the list with its words, `[重启]` stores and reloads the talk.
 * Lines before the first `> ` may say: `日期: 2026-11-03T…`, `有事项: 编号 标题 [待评价|已办结]`, `留过电话: 138…`, `语言: en`,
 * `附近: 类别 地方 件数 日期 [编号]` (neighbours' cases, the code is the one to follow), `报过: 类别 地方 编号 [已答复]` (one's own), `跟着: 编号 类别 地方`,
 * `绑定: 网格员` or `网格长` (the chat is linked), `有工单: 编号 标题 open|signed 步骤,步骤`, `结对: 小禾 小满` (a volunteer's children), `学习: 没说过` (may be asked whether understanding may learn), `可以|不要` (what they said).
 */
export function play(script: string): string {
  const lines = script.split('\n')
  const head = lines.filter(line =>
    /^(?:日期|有事项|留过电话|语言|附近|报过|跟着|绑定|有工单|提醒|建议调解|结对|学习): /.test(line),
  )
  const scene = sceneOf(head)
  const out: string[] = [...head, ...(head.length > 0 ? [''] : [])]
  for (const line of lines.filter(each => each.startsWith('> '))) {
    out.push(line, ...hearOne(scene, line.slice(2)), '')
  }
  return `${out.join('\n').trim()}\n`
}

interface Scene {
  talk: Talk
  facts: Facts
  taps: Choice[][]
  rows: { label: string; tap: string }[]
  files: number
}

function sceneOf(head: readonly string[]): Scene {
  const value = (name: string) => head.find(line => line.startsWith(`${name}: `))?.slice(name.length + 2)
  const phone = value('留过电话')
  const learning = value('学习')
  const children = value('结对')
    ?.split(' ')
    .map((name, at) => ({ pairingId: `p${at + 1}`, name }))
  const alike = value('附近')?.split(' ')
  const own = value('报过')?.split(' ')
  const followed = head
    .filter(line => line.startsWith('跟着: '))
    .map(line => line.slice(4).split(' '))
    .map(([code = '', category = '', estate = '']) => ({ code, category, estate }))
  const ownCases = head.filter(line => line.startsWith('有事项: ')).map(line => caseOf(line.slice(5)))
  return {
    talk: {
      ...emptyTalk(value('语言') === 'en' ? 'en' : 'zh-CN'),
      ...(value('绑定') ? { staff: true as const } : {}),
    },
    facts: {
      now: value('日期') ?? NOW,
      ownCases,
      ...(children ? { care: { children } } : {}),
      ...(phone ? { profile: { phone } } : {}),
      ...(learning ? { learning: { wish: learning === '没说过' ? null : learning === '可以' } } : {}),
      ...linkedStaff(value('绑定'), head),
      ...askedBy(value('提醒'), value('建议调解')),
      ...(alike
        ? {
            lookalikes: [
              {
                ...{ category: alike[0]!, estate: alike[1]!, count: Number(alike[2]), since: alike[3]! },
                ...(alike[4] ? { code: alike[4] } : {}),
              },
            ],
          }
        : {}),
      ...(own
        ? { repeat: { category: own[0]!, estate: own[1]!, code: own[2]!, hurries: own[3] !== '已答复' } }
        : {}),
      ...(followed.length > 0 ? { follows: followed } : {}),
    },
    taps: [],
    rows: [],
    files: 0,
  }
}

/** A notice that asks, told last: `提醒: HS-…` of a meeting, `建议调解: HS-…`. */
function askedBy(meeting?: string, mediation?: string): Pick<Facts, 'asked'> {
  if (meeting) return { asked: { about: 'meeting', code: meeting } }
  return mediation ? { asked: { about: 'mediation', code: mediation } } : {}
}

function caseOf(text: string): OwnCase {
  const [code = '', title = '', flag = ''] = text.split(' ')
  return {
    code,
    title,
    state: '办理中',
    office: '西城街道办事处',
    awaitsRating: flag === '待评价',
    teaches: true,
    open: flag !== '已办结',
  }
}

function hearOne(scene: Scene, line: string): string[] {
  if (line === '[重启]') {
    scene.talk = JSON.parse(JSON.stringify(scene.talk)) as Talk
    return ['（服务重启，对话还在）']
  }
  const reminded = /^\[提醒 (.+)\]$/.exec(line)
  if (reminded) {
    scene.facts.asked = { about: 'meeting', code: reminded[1]! }
    return ['（来了一条调解提醒：1 能到，2 要改期）']
  }
  const heard = heardOf(scene, line)
  const { talk, out } = takenTurn(scene, heard)
  scene.talk = talk
  // What the bot says now is newer than the notice.
  delete scene.facts.asked
  const choices = out.flatMap(each => ('say' in each && each.choices ? [[...each.choices]] : []))
  if (choices.length > 0) scene.taps.unshift(choices.at(-1)!)
  scene.rows = out.flatMap(each => ('say' in each ? tapsOf(each.card, talk.language) : []))
  return out.flatMap(each => ('say' in each ? shownSay(each, talk.language) : [shownCommand(each)]))
}

/** Who told the same before is asked for again when the message itself says what the matter is, as the shell does. */
function takenTurn(scene: Scene, heard: Heard): Turn {
  const asked = factsWanted(book, scene.talk, heard)
  const first = turn(book, scene.talk, heard, factsFor(scene, asked))
  const later = factsWanted(book, first.talk, { text: '' })
  if (asked.includes('lookalikes') || !later.includes('lookalikes')) return first
  return turn(book, scene.talk, heard, factsFor(scene, [...asked, 'lookalikes']))
}

function factsFor(scene: Scene, wanted: readonly Want[]): Facts {
  const wants = new Set(wanted)
  const { now, ownCases, profile, lookalikes, repeat, follows, staff, asked, care, learning } = scene.facts
  return {
    now,
    ...(wants.has('ownCases') && ownCases ? { ownCases } : {}),
    ...(wants.has('ownCases') && follows ? { follows } : {}),
    ...(wants.has('profile') && profile ? { profile } : {}),
    ...(wants.has('lookalikes') && lookalikes ? { lookalikes } : {}),
    ...(wants.has('lookalikes') && repeat ? { repeat } : {}),
    ...(wants.has('staff') && staff ? { staff } : {}),
    ...(wants.has('asked') && asked ? { asked } : {}),
    ...(wants.has('asked') && asked?.about === 'mediation' && ownCases ? { ownCases } : {}),
    ...(wants.has('care') && care ? { care } : {}),
    ...(wants.has('learning') && learning ? { learning } : {}),
  }
}

function heardOf(scene: Scene, line: string): Heard {
  const tap = /^\[点(旧)? ?(\d+)\]$/.exec(line)
  if (tap) return { text: '', tap: scene.taps[tap[1] ? 1 : 0]?.[Number(tap[2]) - 1]?.tap ?? '0.gone' }
  const row = /^\[改 (.+)\]$/.exec(line)
  if (row) return { text: '', tap: scene.rows.find(each => each.label === row[1])?.tap ?? '0.gone' }
  const files = /^\[照片 (\d+)\] ?(.*)$/.exec(line)
  if (files) {
    const sent = Array.from(
      { length: Number(files[1]) },
      (): FileRef => ({ id: `f${++scene.files}`, kind: 'image' }),
    )
    return { text: files[2] ?? '', files: sent }
  }
  const at = /^\[位置 ([\d.]+),([\d.]+)\]$/.exec(line)
  if (at) return { text: '', position: { lat: Number(at[1]), lng: Number(at[2]) } }
  const unit = /^\[单位 (\d+)\] ?(.*)$/.exec(line)
  if (unit) return { text: unit[2] ?? '', unit: unit[1]! }
  if (line === '[空]') return { text: ' \u200b ' }
  const long = /^\[(.)×(\d+)\]$/.exec(line)
  return { text: long ? long[1]!.repeat(Number(long[2])) : line.replaceAll('⏎', '\n') }
}

const words = i18next.createInstance()
await words.init({
  lng: 'zh-CN',
  fallbackLng: false,
  interpolation: { escapeValue: false },
  resources: {
    'zh-CN': { bot: zh, grid: zhGrid, help: zhHelp },
    en: { bot: en, grid: enGrid, help: enHelp },
  },
  ns: ['bot', 'grid', 'help'],
  defaultNS: 'bot',
  fallbackNS: ['grid', 'help'],
})

/** The words of a key; a missing key is a failure, never a silent blank. */
export function wordsOf(key: string, language: string, values: Record<string, unknown> = {}): string {
  if (!words.exists(key, { lng: language })) throw new Error(`no words for ${key} in ${language}`)
  const said = words.t(key, { lng: language, ...values })
  if (/\{\{/.test(said)) throw new Error(`${key} lacks a value: ${said}`)
  return said
}

function shownSay(each: Say, language: string): string[] {
  const choices = (each.choices ?? []).map(
    ({ label, words: literal, english, with: values }, at) =>
      `  ${at + 1} ${label ? wordsOf(`choice.${label}`, language, values) : language === 'en' ? (english ?? literal) : literal}`,
  )
  return [wordsOf(`say.${each.say}`, language, each.with), ...shownCard(each.card, language), ...choices]
}

function shownCard(card: Card | undefined, language: string): string[] {
  const calls = (card?.calls ?? []).map(({ label }) => `  [${wordsOf(`call.${label}`, language)}]`)
  const rows = (card?.rows ?? []).map(({ key, value, english, label, note, noteLabel, own }) => {
    const shown = label
      ? wordsOf(label, language, { value })
      : ((language === 'en' ? english : undefined) ?? value)
    const small = noteLabel ? wordsOf(noteLabel, language) : note
    const name = own ? (language === 'en' ? own.english : own.words) : wordsOf(`row.${key}`, language)
    return `  ${name}: ${shown}${small ? `（${small}）` : ''}`
  })
  return [...calls, ...rows]
}

const tapsOf = (card: Card | undefined, language: string) =>
  (card?.rows ?? []).flatMap(({ key, tap, own }) =>
    tap ? [{ label: own?.words ?? wordsOf(`row.${key}`, language), tap }] : [],
  )

const NAMES: Record<Command['do'], string> = {
  openCase: '开出诉求',
  openDanger: '叫值班人员',
  openMediation: '申请调解',
  openHelp: '求助',
  veil: '收起这段对话',
  answerReminder: '答提醒',
  joinCase: '并到已有的事',
  unfollow: '不再跟着',
  showCases: '列出自己的事项',
  showCase: '给看事项',
  addToCase: '补充到事项',
  withdrawCase: '撤回事项',
  rateCase: '记下评价',
  callPerson: '请工作人员',
  handBack: '交回机器人',
  showMyData: '给看资料',
  exportMyData: '导出资料',
  wishLearning: '能不能拿来学习',
  correctMyData: '更正资料',
  eraseMyData: '删除资料',
  recordConsent: '记下同意与否',
  newRecoveryCode: '新恢复码',
  linkChat: '绑定聊天',
  unlinkChat: '解除绑定',
  showGrid: '给看网格',
  showDesk: '请到工作台',
  fileReport: '巡查上报',
  keepRecord: '记工作',
  staffStep: '办工单',
  linkVolunteer: '绑定义务家长',
  remindTomorrow: '明天再提醒',
  cannot: '记下去不了',
  logVisit: '记下探访',
  wishKnowledge: '收不收知识',
  linkCarer: '绑定家长',
  readHandOver: '给看交接',
  readLetters: '给看信',
  writeLetter: '信的草稿',
}

function shownCommand(each: Command): string {
  const told = 'with' in each ? shownValues(each.with).filter(Boolean).join(' | ') : ''
  return `（${NAMES[each.do]}${told ? `：${told}` : ''}）`
}

/** What understanding proposed is no word of the person's. */
const shownValues = (of: object): string[] =>
  Object.entries(of).flatMap(([key, value]) =>
    key === 'proposal' && typeof value === 'object' ? [] : [plainly(value)],
  )

function plainly(value: unknown): string {
  if (value === null || value === false || value === '') return ''
  if (value === true) return '是'
  if (Array.isArray(value)) return value.map(plainly).join('、')
  if (typeof value === 'object')
    return shownValues(value as object)
      .filter(Boolean)
      .join(' ')
  return String(value).replaceAll('\n', '⏎')
}

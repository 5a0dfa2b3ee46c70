import { phonesIn } from '../phone.ts'
import { shortened } from '../text.ts'
import { personsIn } from './entities.ts'
import { lookedAt } from './grams.ts'
import { categoriesIn } from './lexicon.ts'
import { MATTER } from './words-categories.ts'

const NEXT_POINT =
  /(?:^|[\s,，。;；!！?？])(?:(?:\d{1,2}|[一二三四五六七八九])\s?[、.．)）]\s*|[一二三四五]是|第[一二三四五](?:个|点|件)?[是,，:：、]?|其[一二三次]|另外|此外|还有(?:就是|一件事|一个|个事|件事)?|再一个|再就是|再说一个|顺便(?:说一下|问一下|反映)?|also,?|besides,?|another thing,?)\s*[,，:：]?/g
const SENTENCE = /[。;；!！?？\n]+/
const ABOUT_ME =
  /^(?:对了|另外|还有|顺便|那个|就是)$|^(?:真是?|都)?[气烦急吵][死疯][\u4e00-\u9fa5]{0,3}$|^别让.{0,16}$|^不用(?:答复|回复|回我).{0,4}$|^(?:您?你?好|请问|谢谢|打扰|麻烦).{0,6}$|^(?:我是|我叫|我家住|我住|我姓|姓名|联系人|联系方式|地址|位置).{0,24}$|^(?:我的)?(?:电话|手机|联系电话|号码|手机号).{0,26}$|^[\s\d+()-]+$|^(?:i am|i'm|my name is|my phone).{0,40}$/

/** The matter without greetings, self-introduction and numbers: for titles, summaries and points. */
export function gist(text: string, length: number): string {
  const clauses = text
    .split(/[,，。;；!！?？\n]+/)
    .map(withoutNumbers)
    .map(clause => clause.trim())
  const telling = clauses.filter(clause => clause.length > 1 && !ABOUT_ME.test(clause.toLowerCase()))
  const kept = telling.length > 0 ? telling : clauses.filter(clause => clause.length > 0)
  return shortened(kept.join(/[\u3400-\u9fff]/.test(text) ? '，' : ', '), length)
}

/** A line for lists: at most 30 characters, no telephone number, no name, no identity number. */
export function titleOf(text: string): string {
  const short = personsIn(text).reduce((line, name) => line.replaceAll(name, '某人'), text.slice(0, 400))
  return gist(short, 30).replace(/\d{7,}/g, '…')
}

/** What a clause must hold to be about a number; most hold none of it and are left as they are. */
const OF_NUMBERS = /[\d\uff10-\uff19]|[一二三四五六七八九零〇幺两]{5}|电话|手机|号码|phone|mobile|tel/i

const withoutNumbers = (clause: string): string => {
  if (!OF_NUMBERS.test(clause)) return clause
  const plain = phonesIn(clause.normalize('NFKC')).reduce(
    (rest, phone) => rest.replaceAll(phone.words, ''),
    clause,
  )
  return plain
    .replace(/(?<!\d)\d{17}[\dxX](?!\d)/g, '')
    .replace(/[,，]?(?:我的)?(?:联系)?(?:电话|手机号?|号码)[是:：]?\s*$/, '')
    .replace(/[,;]?\s*\b(?:my\s+)?(?:phone|mobile|tel)(?:\s+(?:number|no\.?))?(?:\s+is)?\s*:?\s*$/i, '')
}

/** The separate asks in a text, so that an answer can tick every one. Always at least one for a non-empty text. */
export function pointsIn(text: string): string[] {
  const pieces = lookedAt(text)
    .replace(NEXT_POINT, '\n')
    .split(SENTENCE)
    .map(piece => gist(piece, 60).trim())
  const asks = pieces.filter(piece => piece.length >= 3 && (MATTER.test(piece) || hasCategory(piece)))
  const found = [...new Set(asks)].slice(0, 9)
  if (found.length > 0) return found
  const whole = gist(text, 60)
  return whole ? [whole] : []
}

const hasCategory = (piece: string): boolean => (categoriesIn(piece.toLowerCase())[0]?.score ?? 0) >= 3

/** A mark that what follows is a matter of its own. */
const SECOND_MATTER =
  /(?:另外|此外|还有一件事|还有(?:个|一个|件)事|还有就是|再说一个|再反映一个|顺便(?:说一下|反映|问一下)|第二件(?:事)?(?:是)?|对了|by the way|another thing|also,)\s*[,，:：]?/

/** Parts a message where a second matter of another category begins; one part when it is one matter. */
export function mattersIn(text: string): string[] {
  const cut = SECOND_MATTER.exec(text)
  if (!cut || cut.index < 4) return [text]
  const [first, second] = [text.slice(0, cut.index), text.slice(cut.index + cut[0].length)]
  const [one, two] = [categoriesIn(first.toLowerCase())[0], categoriesIn(second.toLowerCase())[0]]
  if (!one || !two || two.score < 3 || one.row.key === two.row.key || second.trim().length < 4) return [text]
  return [first.replace(/[\s,，。;；]+$/, ''), ...mattersIn(second.trim())]
}

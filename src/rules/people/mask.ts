/**
 * Masked display: what stands in lists and on cases until somebody opens the value with a logged reason. There is no
 * statutory pattern; this is the usual practice.
 */

/** `张三` → `张*`, `张小三` → `张*三`, `欧阳小三` → `欧**三`. An empty name stays empty. */
export function maskName(name: string): string {
  const letters = [...name.trim()]
  if (letters.length <= 1) return letters.length ? '*' : ''
  if (letters.length === 2) return `${letters[0]}*`
  return `${letters[0]}${'*'.repeat(Math.min(letters.length - 2, 6))}${letters.at(-1)}`
}

/** Surnames of two characters still in use. */
const DOUBLE =
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门'.split(
    ' ',
  )

/**
 * The surname of a Han name, as residents hear of a clerk (`王芳` → `王`, `欧阳小三` → `欧阳`). Null where it cannot be told apart:
 * a Mongolian name has none, and a piece of a name would be worse than silence.
 */
export function surnameOf(name: string): string | null {
  const letters = [...name.trim()]
  if (letters.length < 2 || !letters.every(letter => /\p{Script=Han}/u.test(letter))) return null
  const two = letters.slice(0, 2).join('')
  if (DOUBLE.includes(two) && letters.length <= 4) return two
  return letters.length <= 3 ? letters[0]! : null
}

/** `13812341234` → `138****1234`; a landline keeps its last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/\D/g, '')
  const mobile = digits.length === 13 && digits.startsWith('86') ? digits.slice(2) : digits
  if (mobile.length === 11 && mobile.startsWith('1')) return `${mobile.slice(0, 3)}****${mobile.slice(7)}`
  return mobile.length > 2 ? `${'*'.repeat(mobile.length - 2)}${mobile.slice(-2)}` : '*'.repeat(mobile.length)
}

/** The first six and the last four of an identity number; nothing of a minor's. */
export function maskIdNumber(id: string, minor: boolean): string {
  const shown = id.trim()
  if (minor || shown.length < 12) return '*'.repeat(shown.length)
  return `${shown.slice(0, 6)}${'*'.repeat(shown.length - 10)}${shown.slice(-4)}`
}

const DOOR = /[0-9０-９一二三四五六七八九十百甲乙丙丁A-Za-z]+\s*(号楼|栋|幢|座|单元|号院|楼|层|室|户|号)/
const DIGITS = /[0-9０-９]/

/** An address down to the estate or village: building, unit, floor and door are dropped. */
export function maskAddress(address: string): string {
  const text = address.trim()
  const cut = [DOOR, DIGITS].map(pattern => text.search(pattern)).filter(at => at >= 0)
  const kept = cut.length ? text.slice(0, Math.min(...cut)).trim() : text
  return kept === text ? text : `${kept}***`
}

const MOBILE =
  /(?<![0-9０-９])(?:[+＋]?(?:86|８６)[-－\s]?)?[1１][3-9３-９][0-9０-９](?:[-－\s]?[0-9０-９]{4}){2}(?![0-9０-９])/g
const IDENTITY = /(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])/g
const LANDLINE = /(?<![0-9])0[0-9]{2,3}[-－\s]?[0-9]{7,8}(?![0-9])/g

/** Free text with phones, identity numbers and the given names masked: for the search copy, titles and previews. */
export function maskText(text: string, names: readonly string[] = []): string {
  const plain = text
    .replace(IDENTITY, found => maskIdNumber(found, false))
    .replace(MOBILE, maskPhone)
    .replace(LANDLINE, maskPhone)
  return names
    .filter(name => [...name.trim()].length >= 2)
    .reduce((out, name) => out.replaceAll(name.trim(), maskName(name)), plain)
}

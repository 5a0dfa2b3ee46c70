import { pinyin } from 'pinyin-pro'

/**
 * Chinese words as they are typed on a Latin keyboard: the whole pinyin, a space, the initials (`居住证办理` →
 * `juzhuzhengbanli jzzbl`). Signs fall away; digits and Latin letters stay, in small letters.
 */
export function pinyinOf(words: string): string {
  const syllables = pinyin(words, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' })
    .map(part => part.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter(part => part !== '')
  const initials = syllables.map(part => (/^[a-z]+$/.test(part) ? part[0] : part))
  return `${syllables.join('')} ${initials.join('')}`
}

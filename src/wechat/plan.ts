/** The district's plan for WeChat, `config/<district>/wechat.json`: the menu under the talk, and which fields its templates have. */
export interface WechatPlan {
  menu: { button: readonly unknown[] }
  /** By name: the fields of a template and what stands in each. Its id is the account's own and stands in the environment. */
  templates: Readonly<Record<string, Readonly<Record<string, BriefField>>>>
}

export type BriefField = 'what' | 'code' | 'office' | 'at'
const FIELDS: readonly string[] = ['what', 'code', 'office', 'at']
const KEY = /^[a-z_]+\d+$/

interface Button {
  name?: unknown
  type?: unknown
  key?: unknown
  url?: unknown
  sub_button?: unknown
}

/** Bytes of a name on the bar and below it, of a key and of an address: WeChat's limits. */
const LIMITS = { bar: 16, below: 60, key: 128, url: 1024 } as const

/** Reads the plan; throws one error that names everything wrong. `publicUrl` takes the place of `{publicUrl}`; without one such buttons are left out. */
export function readPlan(json: string, publicUrl: string | undefined): WechatPlan {
  const given = JSON.parse(json) as { menu?: { button?: Button[] }; templates?: WechatPlan['templates'] }
  const faults: string[] = []
  const buttons = (given.menu?.button ?? []).flatMap(one => buttonOf(one, publicUrl, 'bar', faults))
  if (buttons.length > 3) faults.push('menu: at most 3 buttons')
  for (const [name, fields] of Object.entries(given.templates ?? {}))
    for (const [key, of] of Object.entries(fields))
      if (!KEY.test(key) || !FIELDS.includes(of)) faults.push(`templates.${name}.${key}: ${of}`)
  if (faults.length)
    throw new Error(`wechat.json cannot be used:\n${faults.map(one => `  ${one}`).join('\n')}`)
  return { menu: { button: buttons }, templates: given.templates ?? {} }
}

const tooLong = (value: unknown, most: number) =>
  typeof value !== 'string' || !value || Buffer.byteLength(value) > most

function buttonOf(
  one: Button,
  publicUrl: string | undefined,
  at: 'bar' | 'below',
  faults: string[],
): Button[] {
  if (tooLong(one.name, LIMITS[at])) faults.push(`menu: the name ${String(one.name)}`)
  if (Array.isArray(one.sub_button)) {
    const below = (one.sub_button as Button[]).flatMap(sub => buttonOf(sub, publicUrl, 'below', faults))
    if (below.length > 5) faults.push(`menu: more than 5 below ${String(one.name)}`)
    return below.length ? [{ name: one.name, sub_button: below }] : []
  }
  if (one.type === 'click') {
    if (tooLong(one.key, LIMITS.key)) faults.push(`menu: the key of ${String(one.name)}`)
    return [one]
  }
  if (one.type !== 'view') faults.push(`menu: the type of ${String(one.name)}`)
  const url = String(one.url ?? '')
  if (url.includes('{publicUrl}') && !publicUrl) return []
  const full = url.replace('{publicUrl}', publicUrl ?? '')
  if (tooLong(full, LIMITS.url)) faults.push(`menu: the address of ${String(one.name)}`)
  return [{ name: one.name, type: 'view', url: full }]
}
